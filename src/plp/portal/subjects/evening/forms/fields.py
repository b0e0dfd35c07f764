"""The fields that the forms of the evenings share."""

from typing import Any

from django import forms

from plp.evening.rules import MOST


def hour(label: Any) -> forms.TimeField:
    """An hour of the day."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def day(label: Any, **more: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, **more, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def number(label: Any, most: int = MOST, **more: Any) -> forms.IntegerField:
    """A whole number from nothing to ``most``."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=most, widget=widget, **more)


def words(label: Any, most: int, **more: Any) -> forms.CharField:
    """Words over several lines, so many letters at most."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 4}), **more)
