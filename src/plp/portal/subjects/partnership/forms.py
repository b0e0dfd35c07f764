"""The short forms of the public pages: a street, a check code."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.portal.shell.fields import PostcodeField
from plp.portal.shell.forms import Form
from plp.toolbox.ids import CODE_LENGTH, READABLE

DOOR = re.compile(r"(?P<street>\D.*?)[ ,]+(?P<number>\d{1,4}[a-zA-Z]?)")  # "Rue Haute 12b", not "Avenue Albert 1er"


class StreetAndHouseForm(Form):
    """A street, its postcode, and a house number if one likes."""

    street = forms.CharField(label=_("Street"), max_length=120)
    number = forms.CharField(label=_("House number"), max_length=20, required=False)
    postcode = PostcodeField()

    def clean(self) -> dict[str, Any]:
        """A house number typed behind the street is one all the same."""
        given: dict[str, Any] = super().clean() or {}
        together = DOOR.fullmatch(given.get("street", ""))
        if together and not given.get("number"):
            given |= {"street": together["street"], "number": together["number"]}
        return given


class CheckCodeForm(Form):
    """The check code of a message, however it is typed."""

    code = forms.CharField(
        label=_("Check code"),
        help_text=_("Nine letters and digits, at the end of the message."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "code"}),
    )

    def clean_code(self) -> str:
        """Lower case without spaces and dashes; signs that no code has make it empty, and so unknown."""
        code = "".join(self.cleaned_data["code"].lower().split()).replace("-", "")
        self.is_whole = len(code) == CODE_LENGTH
        return code if set(code) <= set(READABLE) else ""
