"""The forms of a member: the code of a letter, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.notices.queries.answers import dispatch_of_answer_code
from plp.notices.rules.answers import MOST_WORDS
from plp.portal.shell.forms import Form


class AnswerCodeForm(Form):
    """The code that stands in a letter."""

    code = forms.CharField(
        label=_("The code in your letter"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The code as addresses have it."""
        code = "".join(sign for sign in self.cleaned_data["code"].casefold() if sign.isalnum())
        if dispatch_of_answer_code(code) is None:
            raise forms.ValidationError(_("We do not know this code. Look at your letter and type it again."))
        return code


class WitnessForm(Form):
    """What somebody saw or heard."""

    read_rules = frozenset()  # the police alone read what a witness saw

    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("The police alone read it. They do not see your name: write your number if they may call you."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
