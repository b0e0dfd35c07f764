"""The fields of a firm, the same wherever they are asked: joining, on paper, on the firm's own page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.firms.rules import BadEnterpriseNumber, BadFirmName, clean_enterprise_number, clean_firm_name
from plp.firms.states import Sector
from plp.membership.firms import FirmEntry

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
