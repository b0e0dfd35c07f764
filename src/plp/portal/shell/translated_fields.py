"""One field for a text with its language and its sisters in other languages, which stand folded under it.

A template that draws such fields draws ``{% common_sentences_of form %}`` once: the browser proposes our sentences, and
whoever picks one has it in every language.
"""

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.formsets import BaseFormSet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.partnership.common_sentences import common_sentences, translations_of
from plp.partnership.translations import TranslatedText
from plp.toolbox.texts import LANGUAGES
from plp.toolbox.words import BadWords, normalise_text

register = template.Library()
NAMES = dict(settings.LANGUAGES)
UNSHARED = {"required", "aria-invalid", "aria-describedby"}  # what is said of the words alone


class TranslatedTextWidget(forms.MultiWidget):
    """The words; folded under them, their language and the same in ``languages``.

    The parts are named ``what``, ``what_language``, ``what_nl``; ``what_checked`` goes along unseen: the words beside
    which the other languages were last shown.
    """

    template_name = "shell/components/translated_text.html"

    def __init__(self, languages: Sequence[str], topic: str, rows: int) -> None:
        self.languages, self.topic = list(languages), topic
        words = forms.Textarea({"rows": rows}) if rows else forms.TextInput({"list": f"sentences-{topic}"})
        language = forms.Select(choices=[(code, NAMES[code]) for code in LANGUAGES])
        sisters = {
            code: forms.Textarea({"lang": code, "rows": rows}) if rows else forms.TextInput({"lang": code})
            for code in self.languages
        }
        super().__init__({"": words, "language": language, "checked": forms.HiddenInput(), **sisters})

    def decompress(self, value: Any) -> list[str]:
        """The parts of a ``TranslatedText``; of nothing, the language of whoever writes."""
        if not isinstance(value, TranslatedText):
            return ["", get_language() or "fr", "", *([""] * len(self.languages))]
        return [value.words, value.language, value.words, *(value.others.get(code, "") for code in self.languages)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The parts as they were sent; what was not sent is empty, the language is then that of whoever writes."""
        words, language, *parts = super().value_from_datadict(data, files, name)
        return [words or "", language or get_language() or "fr", *(part or "" for part in parts)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The parts, and by name the languages that are missing. What is shown counts as checked."""
        parts = list(value) if isinstance(value, list) else self.decompress(value)
        parts[2] = parts[0]
        context = super().get_context(name, parts, attrs)
        words, language, checked, *sisters = context["widget"]["subwidgets"]
        for part in (language, checked, *sisters):
            part["attrs"] = {key: value for key, value in part["attrs"].items() if key not in UNSHARED}
        by_code = zip(self.languages, sisters, strict=True)
        others = [(NAMES[code], part) for code, part in by_code if code != parts[1]]
        missing = [language_name for language_name, part in others if parts[0] and not part["value"]]
        language_name = NAMES.get(parts[1], parts[1])
        return context | {
            "words": words,
            "language": language,
            "language_name": language_name,
            "checked": checked,
            "others": others,
            "missing": missing,
        }

    def id_for_label(self, id_: str) -> str:
        """That of the words."""
        return f"{id_}_0" if id_ else ""


TranslatedTextWidget.use_fieldset = False


class TranslatedTextField(forms.Field):
    """A text of at most ``max_length`` signs, without line breaks: a ``TranslatedText``, or ``None``.

    ``rows`` show a long one whole, on several lines; a browser proposes common sentences on a single line alone.
    ``languages`` are those of the partnership. A common sentence of ``topic`` brings its sisters along. When the words
    change and their sisters stay, it asks once to look at them.
    """

    def __init__(self, *, languages: Sequence[str], max_length: int, topic: str = "", rows: int = 0, **named: Any):
        super().__init__(widget=TranslatedTextWidget(languages, topic, rows), **named)
        self.max_length, self.topic = max_length, topic

    def clean(self, value: Any) -> TranslatedText | None:
        """The text as it was typed. A sister alone counts as the text."""
        words, language, checked, *sisters = value
        if language not in LANGUAGES:
            raise forms.ValidationError(_("Choose the language of this text."))
        languages = self.widget.languages
        others = {code: self._normalised(part) for code, part in zip(languages, sisters, strict=True) if part.strip()}
        others.pop(language, None)
        text = TranslatedText(self._normalised(words), language, others)
        if not text.words and others:
            first = next(iter(others))
            text = TranslatedText(others.pop(first), first, others)
        if not text.words:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        return self._with_common_translations(text, checked)

    def _normalised(self, text: str) -> str:
        """The words in NFC without needless spaces. Raises ``ValidationError`` for signs that no sentence has."""
        try:
            return normalise_text(text, most=self.max_length, empty=True)
        except BadWords as bad_words:
            raise forms.ValidationError(bad_words.in_words()) from bad_words

    def _with_common_translations(self, text: TranslatedText, checked: str) -> TranslatedText:
        """``text`` with the sisters of a common sentence; refused once while those of other words stand beside it."""
        before = self.initial if isinstance(self.initial, TranslatedText) else None
        is_stale = (
            before is not None and before.words != text.words and bool(text.others) and text.others == before.others
        )
        common = translations_of(self.topic, text.words, text.language) if self.topic else {}
        if common:
            return TranslatedText(text.words, text.language, common if is_stale else {**common, **text.others})
        if is_stale and checked.strip() != text.words:
            raise forms.ValidationError(_("You changed this text. Look at its other languages too, then save again."))
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something else was sent than what was shown; that it was shown is no change."""
        shown = self.widget.decompress(initial)
        sent = data or self.widget.decompress(None)
        return [*shown[:2], *shown[3:]] != [*sent[:2], *sent[3:]]


@register.inclusion_tag("shell/components/common_sentences.html")
def common_sentences_of(*forms_drawn: Any) -> dict[str, Any]:
    """``{% common_sentences_of form %}``: what the fields of forms and formsets propose, in the reader's language."""
    each_form = [form for drawn in forms_drawn for form in (drawn if isinstance(drawn, BaseFormSet) else [drawn])]
    fields = [field for form in each_form for field in form.fields.values()]
    topics = {field.topic: None for field in fields if isinstance(field, TranslatedTextField) and field.topic}
    language = get_language() or "fr"
    return {"topics": [(topic, [sentence[language] for sentence in common_sentences(topic)]) for topic in topics]}
