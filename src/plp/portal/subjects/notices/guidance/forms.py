"""Advice beside a communication plan."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import CHOICES
from plp.notices.subjects import CHOICES as SUBJECT_CHOICES
from plp.portal.shell.forms import Form


class AdviceForm(Form):
    """An advice on the organisation of messages (R54)."""

    words = forms.CharField(
        label=_("Your advice"),
        help_text=_("How messages could be organised better in this neighbourhood. The coordinator reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    kind = forms.ChoiceField(
        label=_("About which kind of message?"), required=False, choices=[("", capfirst(_("all kinds"))), *CHOICES]
    )
    subject = forms.ChoiceField(
        label=_("Add a template"), required=False, choices=[("", _("Without a template")), *SUBJECT_CHOICES]
    )
