"""The form of a firm: what it is, when it is open, and which of one's contacts are those of the shop."""

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.delivery.installed import address_if_readable, channels_with_typed_addresses
from plp.delivery.phone_numbers import format_phone_number
from plp.firms.models import Firm
from plp.firms.rules import BadHours, clean_hours, formatted_number, parse_opening_span
from plp.people.models import Person
from plp.portal.shell.fields import hour_field
from plp.portal.shell.firm_fields import clean_firm_fields, firm_fields
from plp.portal.shell.forms import Form

MONDAY = 0


class FirmForm(Form):
    """A day without hours is closed. ``copied`` in the data: every day has the hours of Monday."""

    def __init__(self, data: Any = None, *, firm: Firm | None, person: Person) -> None:
        copied = _copy_monday_hours_to_all_days(data) if data and "copied" in data else data
        super().__init__(copied, initial=_initial_values(firm, person))
        self.fields |= firm_fields(needed=True)
        for day, name in WEEKDAYS.items():
            self.fields[f"from_{day}"] = hour_field(_("%(day)s from") % {"day": capfirst(str(name))}, required=False)
            self.fields[f"until_{day}"] = hour_field(_("%(day)s until") % {"day": capfirst(str(name))}, required=False)
        self.fields["at_firm"] = forms.MultipleChoiceField(
            label=_("Which of these are in the shop?"),
            help_text=_("While you are open they are used first, and otherwise last."),
            choices=_contact_choices(person),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def hour_fields_by_day(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two hours of each day, from Monday on."""
        return [(self[f"from_{day}"], self[f"until_{day}"]) for day in WEEKDAYS]

    def typed_hours(self) -> list[tuple[time | None, time | None]]:
        """The hours as typed."""
        cleaned = self.cleaned_data
        return [(cleaned.get(f"from_{day}"), cleaned.get(f"until_{day}")) for day in WEEKDAYS]

    def clean(self) -> dict[str, Any]:
        """Name and number in their one form; both hours of a day, or none."""
        clean_firm_fields(self)
        for day, (first, last) in enumerate(self.typed_hours()):
            if (first is None) != (last is None) and not {f"from_{day}", f"until_{day}"} & self.errors.keys():
                self.add_error(f"from_{day}" if first is None else f"until_{day}", BadHours.sentence)
        if not self.errors:
            clean_hours(self.typed_hours())
        return self.cleaned_data


def _copy_monday_hours_to_all_days(data: Any) -> dict[str, Any]:
    copied = {**data.dict(), "at_firm": data.getlist("at_firm")}
    first, last = copied.get(f"from_{MONDAY}", ""), copied.get(f"until_{MONDAY}", "")
    if bool(first) == bool(last):  # half of it is said once, at Monday
        for day in WEEKDAYS:
            copied |= {f"from_{day}": first, f"until_{day}": last}
    return copied


def _initial_values(firm: Firm | None, person: Person) -> dict[str, Any]:
    if firm is None:
        return {}
    values: dict[str, Any] = {
        "firm_name": firm.name,
        "firm_number": formatted_number(firm.number),
        "firm_sector": firm.sector,
        "at_firm": [contact.pk.hex for contact in person.contacts.filter(at_firm=True)],
    }
    for day, span in enumerate(map(parse_opening_span, firm.hours)):
        if span:
            values |= {f"from_{day}": span[0], f"until_{day}": span[1]}
    return values


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
