"""What a receiver answers in the demonstration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.portal.shell.forms import Form


class DemoAnswerForm(Form):
    """The words of somebody who answers a mail or an SMS; ``kind`` and ``to`` say which."""

    read_rules = frozenset()  # whatever somebody may write is tried here

    words = forms.CharField(label=_("Your answer"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.CharField(max_length=20, widget=forms.HiddenInput)
    to = forms.CharField(max_length=254, widget=forms.HiddenInput)
