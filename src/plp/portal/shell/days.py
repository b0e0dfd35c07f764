"""The field of a day, as every form of staff asks for one."""

from typing import Any

from django import forms


def day_field(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    """A day, by the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=required, widget=widget)
