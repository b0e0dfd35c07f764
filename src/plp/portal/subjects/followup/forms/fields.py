"""Fields that several forms share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NO_PERSON = _("Do not name or describe anybody.")


def day(label: Any, **more: Any) -> forms.DateField:
    """A date, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def hour(label: Any) -> forms.TimeField:
    """A time of day, with the browser's own clock."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def words(label: Any, most: int, *, rows: int = 5, **more: Any) -> forms.CharField:
    """A few lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def number(label: Any, most: int, **more: Any) -> forms.IntegerField:
    """A count."""
    return forms.IntegerField(label=label, min_value=0, max_value=most, **more)
