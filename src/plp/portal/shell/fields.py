"""The fields that forms of every subject share: a day, an hour, a count, some lines."""

import re
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from plp.evening.rules import MOST

POSTCODE_PREFIX = re.compile(r"^\s*(?:BE?\s*[-–]?\s*)?", re.IGNORECASE)
NO_PERSON = _("Do not name or describe anybody.")


class EmailField(forms.EmailField):
    """An e-mail address; one that cannot be is refused in the words of our catalogues."""

    default_validators = [EmailValidator(_("Enter a valid e-mail address."))]


class RobotTrapField(forms.CharField):
    """A field that nobody sees. Whoever fills it in is a robot, or has a helpful browser: say it, lose nothing."""

    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
        super().__init__(label=_("Leave this empty"), required=False, widget=widget)

    def clean(self, value: Any) -> str:
        """Nothing."""
        if super().clean(value):
            raise forms.ValidationError(_("Empty the field that says “Leave this empty”, then send again."))
        return ""


class NamedChoiceField(forms.ModelChoiceField):
    """One of several areas or partnerships, by its name in the reader's language."""

    def __init__(self, *, language: str = "fr", **given: Any) -> None:
        super().__init__(**given)
        self.language = language

    def label_from_instance(self, obj: Any) -> str:
        """Its name."""
        return str(obj.name(self.language))


class NamedMultipleChoiceField(NamedChoiceField, forms.ModelMultipleChoiceField):
    """Several of them."""


def set_named_choices(field: forms.Field, rows: Any, language: str) -> None:
    """Let somebody choose among these rows, by their name in ``language``."""
    assert isinstance(field, NamedChoiceField)  # noqa: S101 - for the type checker
    field.language, field.queryset = language, rows


def day_field(label: Any, hint: Any = "", **more: Any) -> forms.DateField:
    """A day, by the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **{"help_text": hint, **more})


def hour_field(label: Any, hint: Any = "", **more: Any) -> forms.TimeField:
    """A time of day, by the browser's own clock."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **{"help_text": hint, **more})


def clean_quiet_hours(form: forms.Form) -> None:
    """Both ``quiet_from`` and ``quiet_until``, or none; each fault stands at its field.

    Midnight is an hour like any other.
    """
    first, last = form.cleaned_data.get("quiet_from"), form.cleaned_data.get("quiet_until")
    if (first is None) != (last is None):
        form.add_error("quiet_from" if first is None else "quiet_until", _("Give both hours, or none."))
    elif first is not None and first == last:
        form.add_error("quiet_until", _("These two hours are the same. Give the hour at which the quiet ends."))


def number_field(label: Any, most: int = MOST, **more: Any) -> forms.IntegerField:
    """A whole number from nothing to ``most``."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=most, widget=widget, **more)


class PostcodeField(forms.RegexField):
    """A Belgian postcode as people and their keyboards write it: spaces around it, ``B-`` before it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            r"^[1-9]\d{3}$",
            label=_("Postcode"),
            error_messages={"invalid": _("Four digits, for example 1130.")},
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
            **more,
        )

    def to_python(self, value: Any) -> Any:
        """The four digits alone."""
        return POSTCODE_PREFIX.sub("", super().to_python(value) or "").strip()


def multiline_field(label: Any, most: int, *, rows: int = 4, **more: Any) -> forms.CharField:
    """Words over several lines, so many letters at most."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)
