"""The fields of a firm, the same wherever they are asked: joining, on paper, on the firm's own page, on its word."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.delivery.installed import address_if_readable, channels_with_typed_addresses
from plp.delivery.phone_numbers import format_phone_number
from plp.firms.models import Firm
from plp.firms.rules import (
    BadEnterpriseNumber,
    BadFirmName,
    BadHours,
    clean_day_hours,
    clean_enterprise_number,
    clean_firm_name,
    day_hours_in_words,
)
from plp.firms.states import Sector
from plp.membership.firms import FirmEntry
from plp.people.models import Person

FIRM_FIELDS = ("firm_name", "firm_number", "firm_sector")


def firm_fields(*, needed: bool) -> dict[str, forms.Field]:
    """Name, enterprise number and sector, by the name of the field."""
    return {
        "firm_name": forms.CharField(
            label=_("Name of the firm"),
            max_length=120,
            required=needed,
            widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        ),
        "firm_number": forms.CharField(
            label=_("Enterprise number"),
            help_text=_("Ten digits, as on your invoices: 0123.456.749."),
            max_length=30,
            required=needed,
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        ),
        "firm_sector": forms.ChoiceField(
            label=_("Sector"),
            choices=[("", _("Choose the sector")), *Sector.choices],
            required=needed,
        ),
    }


def clean_firm_fields(form: forms.Form) -> None:
    """Put name and number into their one form; each fault stands at its field."""
    cleaned = form.cleaned_data
    for name, clean in (("firm_name", clean_firm_name), ("firm_number", clean_enterprise_number)):
        try:
            cleaned[name] = clean(cleaned[name]) if cleaned.get(name) else ""
        except (BadFirmName, BadEnterpriseNumber) as bad:
            form.add_error(name, bad.in_words())


def firm_entry(cleaned: dict[str, Any]) -> FirmEntry | None:
    """The firm that was told; ``None`` where none was."""
    if not cleaned.get("firm_name"):
        return None
    return FirmEntry(cleaned["firm_name"], cleaned["firm_number"], cleaned["firm_sector"])


MONDAY, SUNDAY = 0, 6


class OpeningHoursFields:
    """For a form: when a firm is open, a line a day, and which contacts of ``person`` are in the shop.

    A day without hours is closed. ``same_hours``: Tuesday to Saturday are as Monday.
    """

    def add_opening_hours(self: Any, firm: Firm | None, person: Person) -> None:
        """Add the fields, as they stand."""
        week = list(firm.hours) if firm is not None else []
        for day, name in WEEKDAYS.items():
            self.fields[f"hours_{day}"] = forms.CharField(label=capfirst(str(name)), required=False, max_length=60)
            self.initial[f"hours_{day}"] = day_hours_in_words(week[day]) if week else ""
        self.fields["same_hours"] = forms.BooleanField(label=_("Tuesday to Saturday: the same hours"), required=False)
        self.initial["same_hours"] = bool(week) and week[MONDAY] != "" and len({*week[MONDAY:SUNDAY]}) == 1
        self.fields["at_firm"] = forms.MultipleChoiceField(
            label=_("Which of these are in the shop?"),
            help_text=_(
                "While the shop is open they are used first, and otherwise last. A telephone there is called only then."
            ),
            choices=_contact_choices(person),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.initial["at_firm"] = [contact.pk.hex for contact in person.contacts.filter(at_firm=True)]

    @property
    def hours_of_monday(self: Any) -> forms.BoundField:
        """The line of the day that the others may follow."""
        field: forms.BoundField = self[f"hours_{MONDAY}"]
        return field

    @property
    def hours_until_saturday(self: Any) -> list[forms.BoundField]:
        """The lines of Tuesday to Saturday."""
        return [self[f"hours_{day}"] for day in range(MONDAY + 1, SUNDAY)]

    @property
    def hours_of_sunday(self: Any) -> forms.BoundField:
        """The line of Sunday, which follows no other day."""
        field: forms.BoundField = self[f"hours_{SUNDAY}"]
        return field

    def clean_opening_hours(self: Any) -> None:
        """Each fault stands at its day."""
        cleaned = self.cleaned_data
        if cleaned.get("same_hours"):
            cleaned |= {f"hours_{day}": cleaned.get(f"hours_{MONDAY}", "") for day in range(MONDAY + 1, SUNDAY)}
        for day in range(SUNDAY + 1):
            try:
                cleaned[f"hours_{day}"] = clean_day_hours(cleaned.get(f"hours_{day}", ""))
            except BadHours as bad:
                if not (cleaned.get("same_hours") and MONDAY < day < SUNDAY):
                    self.add_error(f"hours_{day}", bad.in_words())

    def opening_hours(self: Any) -> list[str]:
        """Monday to Sunday, as they are kept."""
        return [self.cleaned_data[f"hours_{day}"] for day in WEEKDAYS]


def _contact_choices(person: Person) -> list[tuple[str, str]]:
    installed = channels_with_typed_addresses()
    rows = person.contacts.filter(channel__in=list(installed), stopped_at=None).order_by("rank", "created_at")
    return [
        (
            row.pk.hex,
            f"{installed[row.channel].label} {format_phone_number(address_if_readable(row.channel, row.address))}",
        )
        for row in rows
    ]
