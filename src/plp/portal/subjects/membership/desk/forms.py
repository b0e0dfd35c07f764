"""The forms in which a coordinator records what a member told them."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.firms.models import Firm
from plp.membership.firms import asks_for_firms
from plp.membership.models import Membership
from plp.membership.on_behalf import Correction, RequestWay, ToldHours
from plp.people.models import LANGUAGE_CHOICES
from plp.places.queries.coverage import nis_codes_a_quarter_may_cover
from plp.portal.shell.contact_forms import ChannelAddressForm, detect_channel_and_normalise_address
from plp.portal.shell.fields import clean_quiet_hours, hour_field
from plp.portal.shell.firm_fields import FIRM_FIELDS, OpeningHoursFields, clean_firm_fields, firm_entry, firm_fields
from plp.portal.shell.forms import FoldedFields, Form
from plp.portal.shell.home_form import HomeForm
from plp.portal.shell.person_form import PersonNameField

NAMES = [(code, name) for code, name in settings.LANGUAGES if code in dict(LANGUAGE_CHOICES)]
WAYS = [
    (RequestWay.PHONE.value, capfirst(_("by telephone"))),
    (RequestWay.PAPER.value, capfirst(_("on paper"))),
    (RequestWay.DOOR.value, _("In person")),
]


class WayForm(Form):
    """How the member told it."""

    way = forms.ChoiceField(label=_("How they told you"), choices=WAYS, widget=forms.RadioSelect)


WISHES = ("large_print", "easy_to_read", "shares_letters", "call_note")  # of ``Preference``


class CorrectMemberForm(FoldedFields, HomeForm, WayForm):
    """What is right about a member."""

    field_order = ("name", "language", "street", "house", "postcode", "way", *WISHES)
    folded: tuple[str, ...] = WISHES
    folded_title = _("Letters and calls")
    name = PersonNameField(label=_("First name and surname"))
    language = forms.ChoiceField(label=_("Language"), choices=NAMES)
    street = forms.CharField(
        label=_("Street"),
        help_text=_("Leave it empty for somebody who works here and lives elsewhere."),
        max_length=120,
        required=False,
    )
    house = forms.CharField(label=_("House number"), max_length=20, required=False)
    large_print = forms.BooleanField(label=_("Letters in very large print"), required=False)
    easy_to_read = forms.BooleanField(label=_("Messages in simple words"), required=False)
    shares_letters = forms.BooleanField(
        label=_("One letter for the address"),
        help_text=_("Together with the other members at this address who wish it, too."),
        required=False,
    )
    call_note = forms.ChoiceField(
        label=_("A note for callers"),
        help_text=_("It appears on the call list."),
        choices=(),
        required=False,
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        person, wishes = membership.person, membership.person.preference
        kwargs["initial"] = {
            "name": person.name,
            "language": person.language,
            **{name: getattr(wishes, name) for name in WISHES},
        }
        codes = nis_codes_a_quarter_may_cover(membership.partnership.area)
        super().__init__(*args, person=person, municipalities=codes, **kwargs)
        self.fields["call_note"].choices = wishes.call_note_choices  # type: ignore[attr-defined]
        self.asks_firm = asks_for_firms(membership.partnership)
        if self.asks_firm:
            self._add_firm_fields(membership.firm)

    def _add_firm_fields(self, firm: Firm | None) -> None:
        """Needed where there is a firm, or where its name or number was typed."""
        is_told = firm is not None or bool(self.data.get("firm_name") or self.data.get("firm_number"))
        self.fields |= firm_fields(needed=is_told)
        self.folded += FIRM_FIELDS
        self.folded_title = _("Letters, calls and firm")
        if firm is not None:
            number = firm.formatted_number
            self.initial.update({"firm_name": firm.name, "firm_number": number, "firm_sector": firm.sector})

    def clean(self) -> None:
        """The door as in ``HomeForm``; the firm in its one form."""
        super().clean()
        if self.asks_firm:
            clean_firm_fields(self)

    def correction(self) -> Correction:
        """What was told, ready to be recorded."""
        given = self.cleaned_data
        house = given["house"] if self.home_street else ""
        wishes = {name: given[name] for name in WISHES}
        firm = firm_entry(given) if self.asks_firm else None
        return Correction(given["name"], given["language"], self.home_street, house, **wishes, firm=firm)


class OpeningAndQuietHoursForm(OpeningHoursFields, WayForm):
    """When the firm of a member is open, and when they are left alone. Quiet hours are written, never shown (T14)."""

    field_order = ("quiet_from", "quiet_until", "alarm_breaks_quiet", "no_quiet", "way")
    quiet_from = hour_field(_("From what time"), required=False)
    quiet_until = hour_field(_("Until what time"), required=False)
    alarm_breaks_quiet = forms.BooleanField(label=_("An alarm may reach them even then"), required=False)
    no_quiet = forms.BooleanField(label=_("They want no quiet hours any more"), required=False)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_firm = membership.firm is not None
        if self.has_firm:
            self.add_opening_hours(membership.firm, membership.person)

    def clean(self) -> None:
        """The hours of each day; both quiet hours, or none."""
        if self.has_firm:
            self.clean_opening_hours()
        clean_quiet_hours(self)

    def told_hours(self) -> ToldHours:
        """What was told, ready to be recorded."""
        given = self.cleaned_data
        opening = self.opening_hours() if self.has_firm else None
        quiet = None
        if given["no_quiet"]:
            quiet = (None, None, False)
        elif given["quiet_from"] is not None:
            quiet = (given["quiet_from"], given["quiet_until"], given["alarm_breaks_quiet"])
        return ToldHours(opening, [UUID(hex=key) for key in given.get("at_firm", [])], quiet)


class AddMemberContactForm(ChannelAddressForm, WayForm):
    """A new way to be reached."""

    field_order = ("channel", "address", "way")
    channel = forms.ChoiceField(label=_("By"), widget=forms.RadioSelect)
    address = forms.CharField(label=_("Address or number"), max_length=254)


class AskHelperForm(Form):
    """Who should receive on behalf of the member."""

    name = PersonNameField(label=_("Name of this person"))
    address = forms.CharField(
        label=_("Their e-mail address or mobile number"),
        help_text=_("They get a link, and say yes or no. Nothing comes without their yes."),
        max_length=254,
    )
    language = forms.ChoiceField(label=_("Their language"), choices=NAMES)

    def clean(self) -> None:
        """The channel and its normal form, as ``channel`` and ``address``."""
        detect_channel_and_normalise_address(self)
