"""The form of a firm: what it is, when it is open, and which of one's contacts are those of the shop."""

from typing import Any

from plp.firms.models import Firm
from plp.people.models import Person
from plp.portal.shell.firm_fields import OpeningHoursFields, clean_firm_fields, firm_fields
from plp.portal.shell.forms import Form


class FirmForm(OpeningHoursFields, Form):
    """What the firm of ``person`` is, and its opening hours."""

    def __init__(self, data: Any = None, *, firm: Firm | None, person: Person) -> None:
        super().__init__(data, initial=_initial_values(firm))
        self.fields |= firm_fields(needed=True)
        self.add_opening_hours(firm, person)

    def clean(self) -> dict[str, Any]:
        """Name and number in their one form; the hours of each day."""
        clean_firm_fields(self)
        self.clean_opening_hours()
        return self.cleaned_data


def _initial_values(firm: Firm | None) -> dict[str, Any]:
    if firm is None:
        return {}
    return {"firm_name": firm.name, "firm_number": firm.formatted_number, "firm_sector": firm.sector}
