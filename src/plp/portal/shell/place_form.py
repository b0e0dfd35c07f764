"""The form that asks for a place, and finds its municipality."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.places.gazetteer import current_nis, nis_codes_by_postcode
from plp.places.models import Area
from plp.places.queries import Place, PlaceSearch, search_place
from plp.places.rules.typed_address import readings_of_typed_address
from plp.portal.shell.fields import PostcodeField
from plp.portal.shell.forms import Form
from plp.toolbox.words import alphabetical_key

ELSEWHERE = "elsewhere"  # a street that no register knows, in the municipality of the postcode


class UncheckedChoiceField(forms.ChoiceField):
    """A choice among what is known only once the other fields are read: the form judges it."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002 - see above
        """Left to the form."""
        return True


class PlaceForm(Form):
    """A street and its postcode; the municipality only where several share the postcode.

    A street that is not known is not refused alone: streets that may have been meant are offered to tap, and the place
    as it was typed, in the municipality of the postcode.
    """

    street = forms.CharField(
        label=_("Street"),
        help_text=_("With or without the house number."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    postcode = PostcodeField()
    proposal = UncheckedChoiceField(label=_("Did you mean"), required=False, widget=forms.RadioSelect)
    municipality = UncheckedChoiceField(label=capfirst(_("municipality")), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place: Place | None = None
        self.place_words = ""  # street, number and postcode, as it was found
        self.has_choice = self.has_proposals = False
        if self.is_bound and not self.data.get("postcode"):
            postcode = readings_of_typed_address(self.data.get("street", ""))[0].postcode
            self.data = {name: self.data[name] for name in self.data} | {"postcode": postcode}

    def clean_postcode(self) -> str:
        """A postcode of Belgium."""
        postcode: str = self.cleaned_data["postcode"]
        if postcode not in nis_codes_by_postcode():
            raise forms.ValidationError(
                _("No municipality in Belgium has this postcode. For a place abroad, ask the police there.")
            )
        return postcode

    def clean(self) -> None:
        """Find the place; several ask for a choice, none offers what may have been meant."""
        street, postcode = self.cleaned_data.get("street"), self.cleaned_data.get("postcode")
        if not street or not postcode:
            return
        language, proposal = get_language() or "fr", self.data.get("proposal", "")
        found_places = search_place(street, postcode, language=language)
        if not found_places.places and proposal not in {"", ELSEWHERE}:
            number = found_places.address.number
            street, _line, postcode = proposal.rpartition("|")
            found_places = search_place(f"{street} {number}".strip(), postcode, language=language)
        if not found_places.places and proposal == ELSEWHERE:
            found_places = PlaceSearch(found_places.address, municipalities_as_places(postcode))
        self._keep_found_place_or_add_error_and_choices(found_places, postcode)

    def _keep_found_place_or_add_error_and_choices(self, search: PlaceSearch, postcode: str) -> None:
        """Keep the place that was found, or ask."""
        by_code = {place.municipality.nis: place for place in search.places}
        words = f"{search.address.street} {search.address.number}".strip()
        self.place_words = f"{words}, {postcode}"
        if not by_code:
            self._offer_similar_streets(search)
        elif len(by_code) == 1:
            self.place = next(iter(by_code.values()))
        else:
            self._offer_municipalities(by_code)
        if self.place is not None:
            self.cleaned_data |= {"street": search.address.street, "postcode": postcode}

    def _offer_municipalities(self, by_code: dict[str, Place]) -> None:
        language = get_language() or "fr"
        named = sorted(
            (alphabetical_key(place.municipality.bilingual_name(language)), nis) for nis, place in by_code.items()
        )
        self.has_choice = True
        self.fields["municipality"].choices = [("", _("Choose")), *((nis, name) for (_folded, name), nis in named)]  # type: ignore[attr-defined]
        self.place = by_code.get(self.data.get("municipality", ""))
        if self.place is None:
            self.add_error("municipality", _("Several municipalities share this postcode. Choose yours."))

    def _offer_similar_streets(self, search: PlaceSearch) -> None:
        number = search.address.number
        offered = [
            (f"{street.name}|{street.postcode}", f"{street.name} {number}".strip() + f", {street.postcode}")
            for street in search.proposals
        ]
        words = _("None of these: the place is as I wrote it") if offered else _("The place is as I wrote it")
        offered.append((ELSEWHERE, str(words)))
        self.has_proposals = True
        self.fields["proposal"].choices = offered  # type: ignore[attr-defined]
        if search.proposals:
            names = ", ".join(street.name for street in search.proposals)
            sentence = _("We know no street of this name here. Did you mean: %(names)s?")
            self.add_error("street", forms.ValidationError(sentence, params={"names": names}))
        else:
            self.fields["proposal"].label = _("If the street is right")
            self.add_error(
                "street", _("We know no street of this name here. Check it, or choose below that it is right.")
            )


def municipalities_as_places(postcode: str) -> list[Place]:
    codes = {current_nis(nis) for nis in nis_codes_by_postcode().get(postcode, ())}
    areas = Area.objects.filter(kind=Area.Kind.MUNICIPALITY, nis__in=codes).order_by("path")
    return [Place(area, None) for area in areas]
