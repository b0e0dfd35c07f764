"""What is asked of whoever sets an installation up."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.delivery.installed import channels
from plp.mandates.grants import Role
from plp.places.models import Area
from plp.places.queries import areas_by_name_or_nis, zone_around
from plp.portal.shell.forms import Form
from plp.portal.shell.person_form import PersonForm, clean_address


class FirstAdministratorForm(PersonForm):
    """The first administrator, about themselves."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["name"].label = _("Your first name and surname")
        self.fields["email"].label = _("Your e-mail address")
        self.fields["email"].help_text = _("You sign in with it.")
        self.fields["language"].label = _("Language in which we write to you")


class FirstHolderForm(PersonForm):
    """The first holder of an office, and the municipality that says of which zone or town."""

    place = forms.CharField(
        label=capfirst(_("municipality")),
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
        found = areas_by_name_or_nis(Area.Kind.MUNICIPALITY, self.cleaned_data["place"])
        place = zone_around(found[0]) if found and self.role is Role.CHIEF else next(iter(found), None)
        if place is None:
            raise forms.ValidationError(_("No municipality has this name. Look how it is written, in any language."))
        if len(found) > 1:
            raise forms.ValidationError(_("Two municipalities have this name: give the NIS code instead."))
        return place


class TestMessageForm(Form):
    """To which address a test goes."""

    address = forms.CharField(max_length=254)

    def __init__(self, *given: Any, channel: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.channel = channel
        self.fields["address"].label = channels()[channel].address_form.label

    def clean_address(self) -> str:
        """A usable address in its normal form."""
        return clean_address(self.channel, self.cleaned_data["address"])
