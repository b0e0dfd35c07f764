"""The forms in which a coordinator records what a member told them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress
from plp.delivery.installed import senders
from plp.membership.models import Membership
from plp.membership.on_behalf import Correction, RequestWay
from plp.people.models import LANGUAGE_CHOICES
from plp.people.preferences import CALL_NOTE_LENGTH
from plp.people.rules import BadHouse, BadName, clean_house, clean_name
from plp.places.models import Street
from plp.places.queries import streets_of
from plp.portal.shell.contact_forms import AddressForm
from plp.toolbox.words import alphabetical_key

NAMES = [(code, name) for code, name in settings.LANGUAGES if code in dict(LANGUAGE_CHOICES)]
WAYS = [
    (RequestWay.PHONE.value, _("By telephone")),
    (RequestWay.PAPER.value, _("On paper")),
    (RequestWay.DOOR.value, _("In person")),
]


class WayForm(forms.Form):
    """How the member told it."""

    way = forms.ChoiceField(label=_("How they told you"), choices=WAYS, widget=forms.RadioSelect)


def _named(name: str) -> str:
    try:
        return clean_name(name)
    except BadName as bad:
        raise forms.ValidationError(bad.in_words()) from bad


class CorrectForm(WayForm):
    """What is right about a member."""

    field_order = ("name", "language", "street", "house", "large_print", "easy_to_read", "call_note", "way")
    name = forms.CharField(label=_("First name and surname"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=NAMES)
    street = forms.ChoiceField(label=_("Street"), required=False)
    house = forms.CharField(label=_("House number"), max_length=20, required=False)
    large_print = forms.BooleanField(label=_("Letters in very large print"), required=False)
    easy_to_read = forms.BooleanField(label=_("Messages in simple words"), required=False)
    call_note = forms.CharField(
        label=_("A note for callers"),
        help_text=_("It appears on the call list."),
        max_length=CALL_NOTE_LENGTH,
        required=False,
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        person, language = membership.person, get_language() or "fr"
        home, wishes = person.household, person.preference
        kwargs["initial"] = {
            "name": person.name,
            "language": person.language,
            "street": str(home.street_id) if home else "",
            "house": home.house if home else "",
            "large_print": wishes.large_print,
            "easy_to_read": wishes.easy_to_read,
            "call_note": wishes.call_note,
        }
        super().__init__(*args, **kwargs)
        found = [*streets_of(membership.partnership.area), *([home.street] if home else [])]
        self.streets: dict[str, Street] = {str(street.pk): street for street in found}
        named = ((key, street.name(language)) for key, street in self.streets.items())
        names = sorted(named, key=lambda pair: alphabetical_key(pair[1]))
        self.fields["street"].choices = [("", _("Works here, lives elsewhere")), *names]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """The name in its one form."""
        return _named(self.cleaned_data["name"])

    def clean(self) -> None:
        """The number in its one form, where a street is chosen."""
        if not self.cleaned_data.get("street"):
            return
        try:
            self.cleaned_data["house"] = clean_house(self.cleaned_data.get("house", ""))
        except BadHouse as bad:
            self.add_error("house", bad.in_words())

    def told(self) -> Correction:
        """What was told, ready to be recorded."""
        given = self.cleaned_data
        street = self.streets.get(given["street"])
        house = given["house"] if street else ""
        wishes = {name: given[name] for name in ("large_print", "easy_to_read", "call_note")}
        return Correction(given["name"], given["language"], street, house, **wishes)


class ReachForm(AddressForm, WayForm):
    """A new way to be reached."""

    field_order = ("channel", "address", "way")
    channel = forms.ChoiceField(label=_("By"), widget=forms.RadioSelect)
    address = forms.CharField(label=_("Address or number"), max_length=254)


class HelperForm(forms.Form):
    """Who should receive on behalf of the member."""

    name = forms.CharField(label=_("Name of this person"), max_length=120)
    address = forms.CharField(
        label=_("Their e-mail address or mobile number"),
        help_text=_("They get a link, and say yes or no. Nothing comes without their yes."),
        max_length=254,
    )
    language = forms.ChoiceField(label=_("Their language"), choices=NAMES)

    def clean_name(self) -> str:
        """The name in its one form."""
        return _named(self.cleaned_data["name"])

    def clean(self) -> None:
        """The channel and its normal form, as ``channel`` and ``address``."""
        raw = self.cleaned_data.get("address", "")
        for key, channel in senders().items():
            try:
                self.cleaned_data |= {"channel": key, "address": channel.normalise(raw)}
            except BadAddress:
                continue
            return
        if raw:
            self.add_error("address", _("This is neither an e-mail address nor a mobile number. Check it."))
