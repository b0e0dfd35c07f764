"""The front door behind which a member lives, typed as people write it: for themselves and on their behalf."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.membership.house_moves import HouseMove
from plp.people.models import Person
from plp.people.rules import BadHouse, clean_house_number
from plp.places.models import Street
from plp.places.queries import may_house_exist, similar_street_names, streets_by_name
from plp.portal.shell.fields import PostcodeField
from plp.portal.shell.forms import Form


class HomeForm(Form):
    """Street, house number and postcode; the postcode only where several streets bear the name.

    ``municipalities``: the NIS codes in which a street is looked for without a postcode. After ``is_valid`` the street
    is ``home_street``: ``None`` where none was typed.
    """

    street = forms.CharField(label=_("Street"), max_length=120)
    house = forms.CharField(
        label=_("House number"), help_text=_("As it is on the door: 12, 12A, 12 box 3."), max_length=20
    )
    postcode = PostcodeField(required=False)

    def __init__(self, *args: Any, person: Person, municipalities: Collection[str], **kwargs: Any) -> None:
        home, language = person.household, get_language() or person.language
        known = {}
        if home is not None:
            known = {"street": home.street.name(language), "house": home.house, "postcode": home.street.postcode}
        kwargs["initial"] = known | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.municipalities = municipalities
        self.known_street = home.street if home else None
        self.home_street: Street | None = None

    def clean(self) -> None:
        """The number in its one form, the street that is meant."""
        if self.cleaned_data.get("street"):
            self._clean_house_number()
            self.home_street = self._street_or_form_error(
                self.cleaned_data["street"], self.cleaned_data.get("postcode", "")
            )
            self._ask_about_unknown_house()

    def _clean_house_number(self) -> None:
        try:
            self.cleaned_data["house"] = clean_house_number(self.cleaned_data.get("house", ""))
        except BadHouse as bad:
            if "house" not in self.errors:
                self.add_error("house", bad.in_words())

    def _ask_about_unknown_house(self) -> None:
        """A number that the register does not know is kept once it was looked at: a new house is not in it yet."""
        house, street = self.cleaned_data.get("house", ""), self.home_street
        if not house or street is None or "keeps_house" in self.data or may_house_exist(street, house):
            return
        self.fields["keeps_house"] = forms.BooleanField(label=_("The number is right"), required=False)
        unknown = _("The register knows no number %(house)s in this street. Check it, or tick that it is right.")
        self.add_error("house", unknown % {"house": house})

    def _street_or_form_error(self, name: str, postcode: str) -> Street | None:
        """The street of this name, the one that is known first; an error at the field for none and for several."""
        where = {"postcode": postcode} if postcode else {"codes": self.municipalities}
        streets = list(streets_by_name(name, **where)[:3])
        if self.known_street in streets:
            return self.known_street
        if len(streets) > 1:
            self.add_error("postcode", _("Several streets have this name. Add the postcode."))
        if not streets:
            alike = similar_street_names(name, postcode=postcode) if postcode else []
            unknown = _("No street has this name there. Check how it is written, and the postcode.")
            meant = _("No street has this name there. Did you mean: %s?") % ", ".join(alike)
            self.add_error("street", meant if alike else unknown)
        return streets[0] if len(streets) == 1 else None


def add_house_move_message(request: HttpRequest, moved: HouseMove) -> None:
    """Say where the membership goes, or that nobody covers the new street, in the language of the page."""
    if moved.old_partnership is None:
        messages.success(request, _("Saved."))
        return
    left_name = moved.old_partnership.name()
    if moved.new_partnership is not None:
        sentence = _(
            "Saved. %(new)s is asked to accept the membership. Nothing else need be done: contacts and choices go "
            "along, and messages of %(left)s come until then."
        )
        messages.success(request, sentence % {"new": moved.new_partnership.name(), "left": left_name})
        return
    sentence = _(
        "Saved. No partnership of this police zone covers the new street yet. Once one does, it is asked to accept "
        "the membership. Until then messages of %(left)s go on: one may leave at any time."
    )
    messages.warning(request, sentence % {"left": left_name})
