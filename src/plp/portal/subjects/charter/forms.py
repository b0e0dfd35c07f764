"""Forms of clauses, contacts and signatures."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.charter.models import SLOT_NAMES
from plp.charter.rules import ORDERS
from plp.portal.shell.person_form import TELEPHONE

LONG, SHORT = 6000, 120


def day(label: Any, **more: Any) -> forms.DateField:
    """A date, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def language_name(code: str) -> Any:
    """The name of a language in the reader's own."""
    return dict(settings.LANGUAGES)[code]


class WordsForm(forms.Form):
    """The words of a clause, one field a language; with ``titled`` also its title."""

    def __init__(self, data: Any = None, *, languages: Iterable[str], titled: bool = False, **named: Any) -> None:
        super().__init__(data, **named)
        self.languages = list(languages)
        for code in self.languages:
            name = language_name(code)
            if titled:
                title = forms.CharField(label=_("Title (%s)") % name, max_length=SHORT)
                self.fields[f"title_{code}"] = title
            area = forms.Textarea(attrs={"rows": 12, "lang": code})
            words = forms.CharField(label=_("Text (%s)") % name, max_length=LONG, widget=area)
            self.fields[f"text_{code}"] = words
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        if not titled:
            why = _("Shown beside this version, so that the others understand.")
            self.fields["why"] = forms.CharField(
                label=_("Why this change"), help_text=why, max_length=300, required=False
            )

    def texts(self) -> dict[str, str]:
        """The words per language."""
        return {code: self.cleaned_data[f"text_{code}"] for code in self.languages}

    def titles(self) -> dict[str, str]:
        """The titles per language."""
        return {code: self.cleaned_data[f"title_{code}"] for code in self.languages}


class ProposalForm(forms.Form):
    """Other words for a clause in one language, or a remark."""

    language = forms.ChoiceField(label=_("Language"))
    text = forms.CharField(
        label=_("Your words for this clause"),
        help_text=_("Leave them as they are to make a comment only."),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    remark = forms.CharField(
        label=_("Comment"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, languages: list[str], **named: Any) -> None:
        super().__init__(data, **named)
        field = self.fields["language"]
        field.choices = [(code, language_name(code)) for code in languages]  # type: ignore[attr-defined]
        if len(languages) == 1:
            field.widget = forms.HiddenInput()


class CircularForm(forms.Form):
    """Under which circular this version is made (R31)."""

    circular_on = day(_("Date of the ministerial circular"))


class ContactForm(forms.Form):
    """Functional contact details of one partner."""

    organisation = forms.CharField(label=_("Service or organisation"), max_length=SHORT)
    name = forms.CharField(label=_("Name"), help_text=_("Of the person who holds this office now."), max_length=SHORT)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("A work address, not a private one, where possible."), required=False
    )
    phone = forms.RegexField(
        TELEPHONE,
        label=_("Telephone"),
        error_messages={"invalid": _("Write a telephone number with digits.")},
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def clean(self) -> dict[str, Any]:
        """One way to be reached at least."""
        given: dict[str, Any] = self.cleaned_data
        if not self.errors and not (given.get("email") or given.get("phone")):
            self.add_error("email", _("Give an e-mail address or a telephone number."))
        return given


class PutUpForm(forms.Form):
    """In which order the four sign."""

    order = forms.ChoiceField(
        label=_("Who signs when?"),
        widget=forms.RadioSelect,
        choices=[(key, label) for key, (label, _slots) in ORDERS.items()],
    )


class SignForm(forms.Form):
    """The quality in which one signs, and the text one read."""

    quality = forms.CharField(
        label=_("Your role, as it will appear under the charter"),
        help_text=_("For example: mayor, alderman for the mayor, chief superintendent."),
        max_length=SHORT,
    )
    has_read = forms.BooleanField(label=_("I have read the text and I sign it."))
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)


class PaperForm(forms.Form):
    """A signature on paper with its scan."""

    name = forms.CharField(label=_("Name of the person who signed"), max_length=SHORT)
    quality = forms.CharField(label=_("Role or title"), max_length=SHORT)
    signed_on = day(_("Signed on"))
    scan = forms.FileField(
        label=_("Scan of the signed page"),
        help_text=_("A PDF, PNG or JPEG of at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
    )
    has_seen = forms.BooleanField(label=_("I saw this person sign, or the signed original. I am the witness."))


class ToldForm(forms.Form):
    """The letter to FPS Interior."""

    on = day(_("Letter sent on"))
    reference = forms.CharField(label=_("Reference of the letter"), max_length=80, required=False)


class AcceptRulesForm(forms.Form):
    """A member accepts the version that they read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    accepts_rules = forms.BooleanField(label=_("I accept the internal rules"))

    def __init__(self, data: Any = None, *, version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.held = version

    def clean(self) -> None:
        """Nobody accepts rules that they have not read: the version on the page must be the one that holds."""
        if self.cleaned_data.get("version") != self.held:
            self.add_error("accepts_rules", _("The internal rules have just changed. Read them again, then accept."))


class OnDateForm(forms.Form):
    """Which text was in force on a day."""

    on = day(_("In force on"), required=False)


def slot_label(slot: str) -> Any:
    """The name of a slot; ``None`` when there is none of that key."""
    return SLOT_NAMES.get(slot)
