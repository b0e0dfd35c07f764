"""Free texts that reach papers: each has its language, and its sisters in the other languages of the partnership."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict

from django.db import models

from plp.documents import ForeignText
from plp.toolbox.words import fold


class StoredTranslation(TypedDict):
    """What is kept of one text beside its words: the language they are in, and the same in others."""

    language: str
    others: NotRequired[dict[str, str]]


Translations = Mapping[str, StoredTranslation]  # by the name of the field


@dataclass(frozen=True)
class TranslatedText:
    """A text as it was typed: its words, the language they are in, and the same in others."""

    words: str
    language: str
    others: Mapping[str, str] = field(default_factory=dict)

    def by_language(self) -> dict[str, str]:
        """Its words and those of its sisters, by language."""
        return {self.language: self.words, **self.others}

    def stored(self) -> StoredTranslation:
        """What is kept of it beside its words."""
        others = {code: sister for code, sister in self.others.items() if sister and code != self.language}
        return {"language": self.language, "others": others}


class TranslatedRow(models.Model):
    """A row with free texts that papers print.

    ``spoken`` are the languages of its partnership or meeting: a text of which ``translations`` says nothing is in the
    first of them.
    """

    translations = models.JSONField(null=True)  # shape: Translations

    class Meta:
        abstract = True

    def text_language(self, field_name: str, spoken: Sequence[str]) -> str:
        """The language in which the text of ``field_name`` was written."""
        stored = (self.translations or {}).get(field_name)
        return str(stored["language"]) if stored else main_language_spoken(spoken)

    def text_in(self, field_name: str, language: str, spoken: Sequence[str]) -> str:
        """The text of ``field_name`` for a reader of ``language``: its sister, else a ``ForeignText``; "" if empty."""
        words, own = str(getattr(self, field_name)).strip(), self.text_language(field_name, spoken)
        sister = None if own == language else self.other_translations(field_name).get(language)
        return sister or ForeignText.in_language_unless_same(words, own, reader=language)

    def missing_languages(self, field_name: str, spoken: Sequence[str]) -> list[str]:
        """Those of ``spoken`` in which nobody has said the text of ``field_name``."""
        if not str(getattr(self, field_name)).strip():
            return []
        there = {self.text_language(field_name, spoken), *self.other_translations(field_name)}
        return [language for language in spoken if language not in there]

    def text_of(self, field_name: str, spoken: Sequence[str]) -> TranslatedText:
        """The text of ``field_name`` with its language and its sisters."""
        return TranslatedText(
            str(getattr(self, field_name)), self.text_language(field_name, spoken), self.other_translations(field_name)
        )

    def set_text(self, field_name: str, text: TranslatedText) -> None:
        """Put ``text`` into ``field_name``, with its language and its sisters. Nothing is saved."""
        setattr(self, field_name, text.words)
        self.translations = {**(self.translations or {}), field_name: text.stored()}

    def other_translations(self, field_name: str) -> dict[str, str]:
        """What was typed of it in other languages than its own."""
        stored = (self.translations or {}).get(field_name)
        return dict(stored.get("others", {})) if stored else {}


def main_language_spoken(spoken: Sequence[str]) -> str:
    """The language of a text of which nothing is said."""
    return str(next(iter(spoken), "fr"))


def texts_in(rows: Iterable[TranslatedRow], field_name: str, language: str, spoken: Sequence[str]) -> list[str]:
    """The texts of ``field_name`` of ``rows`` for a reader of ``language``: what several say stands once.

    It stands as the first said it: capitals, accents and signs, such as a full stop, make no other text.
    """
    texts: dict[str, str] = {}
    for row in rows:
        text = row.text_in(field_name, language, spoken)
        texts.setdefault(fold(text), text)
    return list(texts.values())
