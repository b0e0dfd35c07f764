"""What is asked before a program of others is let in."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.connections.refusals import AddressNotListed
from plp.connections.rules import is_allowed_webhook_address
from plp.connections.states import Event, Scope
from plp.places.models import Area
from plp.portal.shell.fields import NamedChoiceField, set_named_choices
from plp.portal.shell.forms import Form
from plp.toolbox.clock import BRUSSELS, local

LIVES = {"30": _("A month"), "90": _("Three months"), "365": _("One year")}


class TokenForm(Form):
    """For which program, where, what for, until when."""

    label = forms.CharField(
        label=_("For which program"),
        help_text=_("So that you know it again: “Site of the municipality”."),
        max_length=80,
    )
    area = NamedChoiceField(label=_("Over which area"), queryset=Area.objects.none(), empty_label=None)
    scopes = forms.MultipleChoiceField(
        label=_("What it may read"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.ChoiceField(
        label=_("For how long"), choices=list(LIVES.items()), widget=forms.RadioSelect, initial="90"
    )

    def __init__(self, *args: Any, areas: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_named_choices(self.fields["area"], areas, language)

    def ends_at(self, at: datetime) -> datetime:
        """The end of the last day, on a Belgian clock."""
        last = local(at).date() + timedelta(days=int(self.cleaned_data["days"]))
        return datetime.combine(last, time(0), BRUSSELS)


class WebhookReceiverForm(Form):
    """Which program, at which address, about what."""

    label = forms.CharField(
        label=_("For which program"),
        help_text=_("So that you know it again: “Site of the municipality”."),
        max_length=80,
    )
    address = forms.CharField(label=_("Its address"), help_text=_("It begins with https://"), max_length=500)
    area = NamedChoiceField(label=_("Over which area"), queryset=Area.objects.none(), empty_label=None)
    events = forms.MultipleChoiceField(
        label=_("What it is told"),
        choices=[(event.value, event.label) for event in Event if event not in {Event.TEST, Event.REPORT}],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, areas: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_named_choices(self.fields["area"], areas, language)

    def clean_address(self) -> str:
        """An address on the list of the operator."""
        address = str(self.cleaned_data["address"]).strip()
        if not is_allowed_webhook_address(address, settings.WEBHOOK_HOSTS):
            raise forms.ValidationError(str(AddressNotListed.sentence))
        return address
