"""Forms of the launch pack: a text, and how a partnership presents itself."""

from typing import Any

import phonenumbers
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from plp.launch.actions.texts import MOST_CHARACTERS
from plp.launch.documents.refusals import EmptyText


class WordForm(forms.Form):
    """The text of a document."""

    source = forms.CharField(
        label=_("Text"),
        max_length=MOST_CHARACTERS,
        strip=False,
        error_messages={"required": EmptyText.sentence},
        widget=forms.Textarea(attrs={"rows": 24, "class": "written"}),
        help_text=_(
            "Words between braces, such as {partnership}, are filled in by the program. Leave them as they are."
        ),
    )


class PresentationForm(forms.Form):
    """What everybody may read."""

    contact_email = forms.EmailField(
        label=_("E-mail address of the coordinator’s function"),
        help_text=_("Everybody may read it. Never a private address."),
        required=False,
    )
    contact_phone = forms.CharField(
        label=_("Telephone number of the police desk, not for emergencies"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for code, language in settings.LANGUAGES:
            self.fields[f"purpose_{code}"] = forms.CharField(
                label=_("Purpose in %(language)s") % {"language": language},
                help_text=_("One sentence: what is this partnership for?"),
                max_length=300,
                required=False,
            )

    def clean_contact_phone(self) -> str:
        """A Belgian number, in its international form."""
        given = str(self.cleaned_data["contact_phone"]).strip()
        if not given:
            return ""
        try:
            number = phonenumbers.parse(given, "BE")
        except phonenumbers.NumberParseException as wrong:
            raise ValidationError(_("This is not a telephone number. Write it like 02 555 00 00.")) from wrong
        if not phonenumbers.is_possible_number(number):
            raise ValidationError(_("This is not a telephone number. Write it like 02 555 00 00."))
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    @property
    def purpose(self) -> dict[str, str]:
        """The purpose by language."""
        return {code: self.cleaned_data[f"purpose_{code}"] for code, _language in settings.LANGUAGES}
