"""Why a message goes back to its author."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.portal.shell.forms import Form


class BecauseForm(Form):
    """Why a message goes back to its author."""

    read_rules = frozenset()  # police to police, about words that were held

    because = forms.CharField(
        label=_("What should change?"),
        help_text=_("At least ten characters."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
