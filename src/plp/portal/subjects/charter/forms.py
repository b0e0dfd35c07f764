"""Forms of clauses, contacts and signatures."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from plp.charter.models import SLOT_NAMES, Contact
from plp.charter.queries import ContactDetails
from plp.charter.rules import ORDERS
from plp.mandates.grants import Role
from plp.partnership.translations import TranslatedText
from plp.people.rules import TELEPHONE
from plp.portal.shell.fields import EmailField, day_field
from plp.portal.shell.forms import Form
from plp.portal.shell.translated_fields import TranslatedTextField
from plp.portal.shell.untranslated import UntranslatedForm
from plp.toolbox.words import fold

LONG, SHORT = 6000, 120


def language_name(code: str) -> Any:
    """The name of a language in the reader's own."""
    return dict(settings.LANGUAGES)[code]


class ClauseWordsForm(Form):
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


class ClauseProposalForm(Form):
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


class CircularForm(Form):
    """Under which circular this version is made (R31)."""

    circular_on = day_field(_("Date of the ministerial circular"))


class PartnerContactForm(Form):
    """Functional contact details of one partner. Emptied where nothing was known, it is left out."""

    name = forms.CharField(
        label=_("Name"), help_text=_("Of the person who holds this office now."), max_length=SHORT, required=False
    )
    email = EmailField(
        label=_("E-mail"), help_text=_("A work address, not a private one, where possible."), required=False
    )
    phone = forms.RegexField(
        TELEPHONE,
        label=_("Telephone"),
        error_messages={"invalid": _("Write a telephone number with digits.")},
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def __init__(self, data: Any = None, *, role: Role, details: ContactDetails, languages: Sequence[str]) -> None:
        start = {"name": details.name, "email": details.email, "phone": details.phone}
        super().__init__(data, prefix=role.value, initial=start)
        self.summary_label = SLOT_NAMES[role.value]
        if role == Role.COORDINATOR:
            self.fields["email"].help_text = _("Everybody may read it. Never a private address.")
        self.fields["organisation"] = TranslatedTextField(
            label=_("Service or organisation"),
            languages=languages,
            topic="organisation",
            max_length=SHORT,
            initial=details.organisation,
            required=False,
        )
        if role == Role.MUNICIPALITY:
            self.fields["addressed_as"] = forms.ChoiceField(
                label=_("In letters"),
                choices=[("", _("Madam or Sir")), *Contact.AddressedAs.choices],
                initial=details.addressed_as,
                required=False,
            )
        self.order_fields(["organisation", "addressed_as"])

    def clean(self) -> None:
        """A service, a name and one way to be reached, or neither name nor way."""
        typed = self.cleaned_data
        if self.errors or not self.is_filled:
            return
        for name in ("organisation", "name"):
            if not typed[name]:
                self.add_error(name, self.fields[name].error_messages["required"])
        if not (typed["email"] or typed["phone"]):
            self.add_error("email", _("Give an e-mail address or a telephone number."))

    @property
    def is_filled(self) -> bool:
        """Whether there is something to keep: a service alone was proposed, and says nothing yet."""
        return any(self.cleaned_data.get(name) for name in ("name", "email", "phone"))

    @property
    def details(self) -> ContactDetails:
        """What was typed."""
        return ContactDetails(**self.cleaned_data)


class PutUpForm(UntranslatedForm):
    """In which order the four sign."""

    order = forms.ChoiceField(
        label=_("Who signs when?"),
        widget=forms.RadioSelect,
        choices=[(key, label) for key, (label, _slots) in ORDERS.items()],
    )
    field_order = ["order", "untranslated"]


class SigningForm(Form):
    """In which quality one signs. Where the charter names somebody else, who signs says so knowingly."""

    def __init__(self, data: Any = None, files: Any = None, *, slot: str, languages: Sequence[str], named: str) -> None:
        super().__init__(data, files)
        self.named_in_charter = named
        self.fields["quality"] = TranslatedTextField(
            label=_("Role or title, as it will appear under the charter"),
            help_text=_("For example: mayor, alderman by delegation of the mayor, chief superintendent."),
            languages=languages,
            topic="function",
            max_length=SHORT,
            initial=None if slot == Role.MUNICIPALITY else default_signer_quality(slot, languages),
        )
        self.fields["differs"] = forms.BooleanField(
            label=_("The contact details of the charter name somebody else: %(name)s. I know, and it is right.")
            % {"name": named},
            required=False,
        )
        self.order_fields(["name", "quality", "differs"])

    def require_tick_for_other_name(self, name: str) -> None:
        """Without a difference there is nothing to say; with one it must be said. Call it once the name is known."""
        if not self.named_in_charter or fold(name) == fold(self.named_in_charter):
            del self.fields["differs"]
        else:
            self.fields["differs"].required = True


class SignCharterForm(SigningForm):
    """The quality in which one signs, and the text one read."""

    has_read = forms.BooleanField(label=_("I have read the text and I sign it."))
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)


class PaperSignatureForm(SigningForm):
    """A signature on paper with its scan."""

    name = forms.CharField(label=_("Name of the person who signed"), max_length=SHORT)
    signed_on = day_field(_("Signed on"))
    scan = forms.FileField(
        label=_("Scan of the signed page"),
        help_text=_("A PDF, PNG or JPEG of at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
    )
    has_seen = forms.BooleanField(label=_("I saw this person sign, or the signed original. I am the witness."))


def default_signer_quality(slot: str, languages: Sequence[str]) -> TranslatedText:
    """The office of a slot as a quality, in each language: that of the page first, where it is one of them."""
    names: dict[str, str] = {}
    for code in languages:
        with override(code):
            names[code] = capfirst(str(SLOT_NAMES[slot]))
    own = get_language() or ""
    first = own if own in names else languages[0]
    return TranslatedText(names[first], first, {code: name for code, name in names.items() if code != first})


class ToldForm(Form):
    """The letter to FPS Interior."""

    on = day_field(_("Letter sent on"))
    reference = forms.CharField(label=_("Reference of the letter"), max_length=80, required=False)


class ReviewForm(Form):
    """The day on which the charter is looked at again."""

    review_on = day_field(_("The charter is looked at again on"))


class AcceptRulesForm(Form):
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


class OnDateForm(Form):
    """Which text was in force on a day."""

    on = day_field(_("In force on"), required=False)


def slot_label_or_none(slot: str) -> Any:
    """The name of a slot; ``None`` when there is none of that key."""
    return SLOT_NAMES.get(slot)
