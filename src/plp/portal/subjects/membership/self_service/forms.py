"""The forms of a member."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.portal.shell.contact_forms import ChannelAddressForm, detect_channel_and_normalise_address
from plp.portal.shell.fields import clean_quiet_hours, hour_field
from plp.portal.shell.forms import Form
from plp.portal.shell.person_form import PersonNameField
from plp.toolbox.clock import BRUSSELS, local

LONGEST_PAUSE = timedelta(days=366)


class AnyChannelAddressForm(Form):
    """An address of one's own by which a code can come."""

    address = forms.CharField(
        label=_("Your e-mail address or mobile number"),
        help_text=_("One at which you receive our messages."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )

    def clean(self) -> None:
        """The channel and its normal form, as ``channel`` and ``address``."""
        detect_channel_and_normalise_address(self)


class NameAndLanguageForm(Form):
    """Name and language."""

    name = PersonNameField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language of your messages"), choices=settings.LANGUAGES)


class QuietHoursForm(Form):
    """Hours in which messages wait."""

    quiet_from = hour_field(_("From what time"), required=False)
    quiet_until = hour_field(_("Until what time"), required=False)
    alarm_breaks_quiet = forms.BooleanField(label=_("An alarm may reach me even then"), required=False)

    def clean(self) -> None:
        """Both hours, or none."""
        clean_quiet_hours(self)


class PauseForm(Form):
    """The last day of a pause; empty ends it."""

    until = forms.DateField(
        label=_("No messages until the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def clean_until(self) -> datetime | None:
        """The end of that day on a Belgian clock; at most a year away."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if not local(self.at).date() <= day <= (local(self.at) + LONGEST_PAUSE).date():
            raise forms.ValidationError(_("Choose a day from today on, within a year."))
        return datetime.combine(day, time(23, 59), tzinfo=BRUSSELS)


class NewContactForm(ChannelAddressForm):
    """A new way to be reached."""

    channel = forms.ChoiceField(label=_("By"), widget=forms.RadioSelect)
    address = forms.CharField(label=_("Address or number"), max_length=254, widget=forms.TextInput())
    agrees = forms.BooleanField(label=_("Yes, you may write or call me this way"))
