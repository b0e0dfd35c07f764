"""The forms in which a sentence or template of a zone is written, a field a language."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.notices.subjects import CHOICES as SUBJECT_CHOICES
from plp.portal.shell.forms import Form
from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.composer import open_slot_text
from plp.wording.catalogue.own_sentences import LONGEST, LONGEST_TITLE, OFFERED_SLOTS, SentenceFault, gaps_to_slots
from plp.wording.check import rule_advice, rule_reason

SENTENCES = {
    "missing": _("This zone writes in this language, too: add the words."),
    "too_long": _("This is too long."),
    "too_long_for_sms": _("This is too long for an SMS. Shorten it, or leave the SMS out."),
    "unknown_slot": _("%(about)s is no place to fill in. Take one of the list, as it is written there."),
    "slot_missing": _("%(about)s stands in another language and is missing here."),
    "slot_twice": _("%(about)s stands here twice: once is enough."),
    "no_end": _("End the sentence with a full stop, a question mark or an exclamation mark."),
    "badly_set": _("A sentence begins with a capital letter."),
}
NAMES = dict(settings.LANGUAGES)


class _ZoneTextForm(Form):
    """The words in each language, each in a field of ``words_field``; those of the zone's ``languages`` are needed."""

    read_rules = frozenset()  # the message check reads them by every rule

    def __init__(
        self, data: Any, *, languages: Sequence[str], initial: Any, words_field: Callable[..., forms.CharField]
    ) -> None:
        super().__init__(data, initial=initial)
        for language in [*languages, *(other for other in LANGUAGES if other not in languages)]:
            self.fields[f"text-{language}"] = words_field(language, required=language in languages)

    def typed_texts(self) -> dict[str, str]:
        """The words by language, without those that were left empty."""
        words = {language: self.cleaned_data.get(f"text-{language}", "") for language in LANGUAGES}
        return {language: text for language, text in words.items() if text}

    def add_fault_errors(self, faults: Sequence[SentenceFault], reader: str) -> None:
        """Say what is wrong at the field of its language, in the language of the ``reader``."""
        for fault in faults:
            self.add_error(f"text-{fault.language}", _fault_text(fault, reader))


def _fault_text(fault: SentenceFault, reader: str) -> str:
    if fault.finding is None:
        return str(SENTENCES[fault.cause]) % {"about": fault.about}
    return f"« {fault.about} » {rule_reason(fault.finding.rule, reader)} {rule_advice(fault.finding.rule, reader)}"


def _sentence_field(language: str, *, required: bool) -> forms.CharField:
    gaps = " ".join(open_slot_text(slot_type, language) for slot_type in OFFERED_SLOTS)
    area = forms.Textarea(attrs={"rows": 2, "lang": language})
    label = capfirst(NAMES[language])
    return forms.CharField(label=label, help_text=gaps, max_length=2 * LONGEST, required=required, widget=area)


def _title_field(language: str, *, required: bool) -> forms.CharField:
    line = forms.TextInput(attrs={"lang": language})
    label = capfirst(NAMES[language])
    return forms.CharField(label=label, max_length=LONGEST_TITLE, required=required, widget=line)


class ZoneSentenceForm(_ZoneTextForm):
    """A sentence: where it is offered, its words in each language, and whether it belongs to the SMS."""

    situation = forms.ChoiceField(
        label=_("Offered in messages about"), required=False, choices=[("", _("everything")), *SUBJECT_CHOICES]
    )
    core = forms.BooleanField(label=_("It belongs to the SMS, too"), required=False)

    def __init__(self, data: Any, *, languages: Sequence[str], initial: Any) -> None:
        super().__init__(data, languages=languages, initial=initial, words_field=_sentence_field)
        self.order_fields(["situation", *(name for name in self.fields if name.startswith("text-")), "core"])

    def texts(self) -> dict[str, str]:
        """The words with their slots, by language."""
        return {language: gaps_to_slots(words, language) for language, words in self.typed_texts().items()}


class ZoneTemplateForm(_ZoneTextForm):
    """A template: its title in each language."""

    def __init__(self, data: Any, *, languages: Sequence[str], initial: Any) -> None:
        super().__init__(data, languages=languages, initial=initial, words_field=_title_field)
