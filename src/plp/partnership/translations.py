"""Free texts that reach papers: each has its language, and its sisters in the other languages of the partnership."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NotRequired, TypedDict

from django.db import models

from plp.documents import ForeignText


class StoredTranslation(TypedDict):
    """What is kept of one text beside its words: the language they are in, and the same in others."""

    language: str
    others: NotRequired[dict[str, str]]


Translations = Mapping[str, StoredTranslation]  # by the name of the field


class TranslatedRow(models.Model):
    """A row with free texts that papers print.

    ``spoken`` are the languages of its partnership or meeting: a text of which ``translations`` says nothing is in the
    first of them.
    """

    translations = models.JSONField(null=True)  # shape: Translations

    class Meta:
        abstract = True

    def text_language(self, field: str, spoken: Sequence[str]) -> str:
        """The language in which the text of ``field`` was written."""
        stored = (self.translations or {}).get(field)
        return str(stored["language"]) if stored else first_language(spoken)

    def text_in(self, field: str, language: str, spoken: Sequence[str]) -> str:
        """The text of ``field`` for a reader of ``language``: its sister, else a ``ForeignText``; "" when empty."""
        words, own = str(getattr(self, field)).strip(), self.text_language(field, spoken)
        sister = None if own == language else self._sisters(field).get(language)
        return sister or ForeignText.unless_same(words, own, reader=language)

    def missing_languages(self, field: str, spoken: Sequence[str]) -> list[str]:
        """Those of ``spoken`` in which nobody has said the text of ``field``."""
        if not str(getattr(self, field)).strip():
            return []
        there = {self.text_language(field, spoken), *self._sisters(field)}
        return [language for language in spoken if language not in there]

    def set_text(self, field: str, words: str, language: str, others: Mapping[str, str]) -> None:
        """Put ``words`` in ``language`` into ``field``, with its sisters. Nothing is saved."""
        setattr(self, field, words)
        sisters = {code: sister.strip() for code, sister in others.items() if sister.strip() and code != language}
        self.translations = {**(self.translations or {}), field: {"language": language, "others": sisters}}

    def _sisters(self, field: str) -> dict[str, str]:
        stored = (self.translations or {}).get(field)
        return dict(stored.get("others", {})) if stored else {}


def first_language(spoken: Sequence[str]) -> str:
    """The language of a text of which nothing is said."""
    return str(next(iter(spoken), "fr"))


def texts_in(rows: Iterable[TranslatedRow], field: str, language: str, spoken: Sequence[str]) -> list[str]:
    """The texts of ``field`` of ``rows`` for a reader of ``language``."""
    return [row.text_in(field, language, spoken) for row in rows]
