"""The code that pairs a screen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.portal.shell.forms import Form


class PairForm(Form):
    """Eight digits, however they are spaced."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Eight digits. Somebody of the firm finds them on the page “My firm”."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
    )
