"""A way to be reached, asked in a form: by which channel, and at which address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress, Channel
from plp.delivery.installed import channels_with_typed_addresses, senders
from plp.portal.shell.forms import Form

MAIL = "email"  # the word of the HTML standard by which a channel says that it takes an e-mail address


def key_and_channel_for_email() -> tuple[str, Channel] | None:
    """The installed channel that takes an e-mail address, with its key."""
    fitting = [pair for pair in senders().items() if pair[1].address_form.autocomplete == MAIL]
    return fitting[0] if fitting else None


def normalised_email_address(typed: str) -> str:
    """A typed e-mail address in the normal form of its channel; empty without one. Raises ``ValidationError``."""
    channel = key_and_channel_for_email()
    if not typed or channel is None:
        return ""
    try:
        return channel[1].normalise(typed)
    except BadAddress as bad:
        raise forms.ValidationError(bad.in_words()) from bad


def detect_channel_and_normalise_address(form: forms.Form) -> None:
    """Put the first channel that reads the typed ``address`` into ``channel``, and its normal form in its place."""
    typed = form.cleaned_data.get("address", "")
    for key, channel in senders().items():
        try:
            form.cleaned_data |= {"channel": key, "address": channel.normalise(typed)}
        except BadAddress:
            continue
        return
    if typed:
        form.add_error("address", _("This is neither an e-mail address nor a mobile number. Check it."))


class ChannelAddressForm(Form):
    """Has the fields ``channel`` and ``address``, which each subject words for its readers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(key, one.label) for key, one in channels_with_typed_addresses().items()]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """The address in the normal form of its channel."""
        channel = channels_with_typed_addresses().get(self.cleaned_data.get("channel", ""))
        if channel is None or not self.cleaned_data.get("address"):
            return
        try:
            self.cleaned_data["address"] = channel.normalise(self.cleaned_data["address"])
        except BadAddress as bad:
            self.add_error("address", bad.in_words())
