"""Forms of the launch pack: a text, and how a partnership presents itself."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import phonenumbers
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from plp.launch.actions.texts import MOST_CHARACTERS
from plp.launch.documents.refusals import EmptyText
from plp.launch.models import PaperLook
from plp.partnership.purposes import completed_purpose
from plp.places.models import Area
from plp.portal.shell.fields import EmailField
from plp.portal.shell.forms import Form
from plp.portal.shell.purpose_field import purpose_field


class DocumentTextForm(Form):
    """The text of a document; a tick where it seems to promise fewer crimes (R151)."""

    asks_about_promise = False

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
    keeps_words = forms.BooleanField(label=_("I have looked: it promises no fewer crimes"), required=False)


class PublicPresentationForm(Form):
    """What everybody may read."""

    contact_email = EmailField(
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

    is_on_map = forms.BooleanField(
        label=_("Show the quarter on the map of all partnerships"),
        help_text=_("Everybody sees that map. It shows borders of quarters and no home."),
        required=False,
    )

    def __init__(self, *given: Any, kind: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.kind = kind
        for code, language in settings.LANGUAGES:
            self.fields[f"purpose_{code}"] = purpose_field(language, kind, code)

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
        """The purpose by language, each on one line; common sentences where nothing was typed."""
        typed = {code: " ".join(self.cleaned_data[f"purpose_{code}"].split()) for code, _language in settings.LANGUAGES}
        return completed_purpose(typed, self.kind)


class PaperLookForm(Form):
    """Two colours for the papers of a zone; a logo each for the zone and its municipalities."""

    colours = forms.ChoiceField(
        label=_("The two colours of the papers"),
        choices=PaperLook.Colours.choices,
        widget=forms.RadioSelect,
        help_text=_("Each pair stays readable on a black-and-white printer."),
    )

    def __init__(
        self, *args: Any, owners: Sequence[Area], looks: Mapping[str, PaperLook], language: str, **kwargs: Any
    ) -> None:
        zone_look = looks.get(owners[0].path)
        super().__init__(*args, **kwargs)
        self.fields["colours"].initial = zone_look.colours if zone_look else PaperLook.Colours.GREEN
        self.owners = owners
        for place, owner in enumerate(owners):
            name, look = owner.name(language), looks.get(owner.path)
            self.fields[f"logo_{place}"] = forms.FileField(
                label=_("Logo of %s") % name,
                help_text=_("JPEG, PNG or WebP, at most 10 MB. Without a logo the papers show the name."),
                required=False,
                widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
            )
            if look and look.logo:
                self.fields[f"without_{place}"] = forms.BooleanField(
                    label=_("Take the logo of %s off the papers") % name, required=False
                )

    def logo_changes(self) -> Iterator[tuple[str, Area, bytes]]:
        """The field, the owner and the picture of each logo that was given; empty for one that is taken off."""
        for place, owner in enumerate(self.owners):
            file = self.cleaned_data[f"logo_{place}"]
            if file:
                yield f"logo_{place}", owner, file.read()
            elif self.cleaned_data.get(f"without_{place}"):
                yield f"without_{place}", owner, b""
