"""What is asked of whoever sets an installation up."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress
from plp.delivery.installed import channels
from plp.mandates.grants import Role
from plp.people.rules import BadName, clean_name
from plp.places.models import Area
from plp.places.queries import areas_called, zone_around


def reachable(channel: str, address: str) -> str:
    """The address in the one form of its channel."""
    try:
        return channels()[channel].normalise(address)
    except BadAddress as bad:
        raise forms.ValidationError(bad.in_words()) from bad


class PersonForm(forms.Form):
    """Who it is, and where a link reaches them."""

    name = forms.CharField(label=_("First name and surname"), max_length=120)
    email = forms.CharField(
        label=_("Service e-mail address"),
        help_text=_("They sign in with it. We send a link there, good for one week."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language in which we write to them"), choices=settings.LANGUAGES)

    def clean_name(self) -> str:
        """The name in its one form."""
        try:
            return clean_name(self.cleaned_data["name"])
        except BadName as bad:
            raise forms.ValidationError(bad.in_words()) from bad

    def clean_email(self) -> str:
        """A usable address in its normal form."""
        return reachable("email", self.cleaned_data["email"])


class BeginForm(PersonForm):
    """The first administrator, about themselves."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["name"].label = _("Your first name and surname")
        self.fields["email"].label = _("Your e-mail address")
        self.fields["email"].help_text = _("You sign in with it.")
        self.fields["language"].label = _("Language in which we write to you")


class FirstForm(PersonForm):
    """The first holder of an office, and the municipality that says of which zone or town."""

    place = forms.CharField(
        label=_("Municipality"),
        help_text=_("Its name or its NIS code. The police zone is found by it."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("place", "name", "email", "language")

    def __init__(self, *given: Any, role: Role, **named: Any) -> None:
        super().__init__(*given, **named)
        self.role = role
        if role is not Role.CHIEF:
            self.fields["place"].help_text = _("Its name or its NIS code.")

    def clean_place(self) -> Area:
        """The municipality, or the zone around it for a chief of corps."""
        found = areas_called(Area.Kind.MUNICIPALITY, self.cleaned_data["place"])
        place = zone_around(found[0]) if found and self.role is Role.CHIEF else next(iter(found), None)
        if place is None:
            raise forms.ValidationError(_("No municipality has this name. Look how it is written, in any language."))
        if len(found) > 1:
            raise forms.ValidationError(_("Two municipalities have this name: give the NIS code instead."))
        return place


class TestForm(forms.Form):
    """To which address a test goes."""

    address = forms.CharField(max_length=254)

    def __init__(self, *given: Any, channel: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.channel = channel
        self.fields["address"].label = channels()[channel].address_form.label

    def clean_address(self) -> str:
        """A usable address in its normal form."""
        return reachable(self.channel, self.cleaned_data["address"])
