"""The form that asks who somebody is and where a link reaches them, for whoever gives an office."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress
from plp.delivery.installed import channels
from plp.people.rules import BadName, clean_name
from plp.portal.shell.forms import Form


def clean_address(channel: str, address: str) -> str:
    """The address in the one form of its channel. Raises ``ValidationError`` in words."""
    try:
        return channels()[channel].normalise(address)
    except BadAddress as bad:
        raise forms.ValidationError(bad.in_words()) from bad


def valid_name(typed: str) -> str:
    """The name in its one form. Raises ``ValidationError`` in words."""
    try:
        return clean_name(typed)
    except BadName as bad:
        raise forms.ValidationError(bad.in_words()) from bad


class PersonNameField(forms.CharField):
    """The name of a person, in its one form."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=120, **more)

    def clean(self, value: Any) -> str:
        """Nothing only where the field may stay empty."""
        typed = super().clean(value)
        return valid_name(typed) if typed else ""


class PersonForm(Form):
    """Name, service e-mail address and language."""

    name = PersonNameField(label=_("First name and surname"))
    email = forms.CharField(
        label=_("Service e-mail address"),
        help_text=_("They sign in with it. We send a link there, good for one week."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language in which we write to them"), choices=settings.LANGUAGES)

    def clean_email(self) -> str:
        """A usable address in its normal form."""
        return clean_address("email", self.cleaned_data["email"])
