"""What is asked before the outbox is opened."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.portal.shell.forms import Form


class OpenOutboxForm(Form):
    """Somebody looked."""

    looked = forms.BooleanField(
        label=_("I have looked at what waits, and what people have already was pulled back."),
        error_messages={"required": _("Tick the box when you have looked. Until then nothing is sent.")},
    )
