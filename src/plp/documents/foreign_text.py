"""Words that stand in a document of another language than theirs."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Self

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

IN_LANGUAGE = {"fr": _("in French"), "nl": _("in Dutch"), "de": _("in German"), "en": _("in English")}


class ForeignText(str):
    """Words for a reader of another language: as text they say which, ``Se connaître (in French)``.

    Where a value stands as it is, a document marks ``words`` with their ``language``, so that a voice reads them right;
    put into a sentence, they still say which language they are in.
    """

    __slots__ = ("language", "words")
    words: str
    language: str

    def __new__(cls, words: str, language: str, *, reader: str) -> Self:
        """``words`` in ``language`` for a document in ``reader``: each one of fr, nl, de, en."""
        with override(reader):
            text = super().__new__(cls, f"{words.strip()} ({IN_LANGUAGE[language]})")
        text.words, text.language = words.strip(), language
        return text

    @classmethod
    def in_language_unless_same(cls, words: str, language: str, *, reader: str) -> str:
        """``words`` as they are for a reader of ``language``, or when empty; else as words of another language."""
        return words if not words.strip() or language == reader else cls(words, language, reader=reader)

    @property
    def note(self) -> str:
        """What follows the words: in which language they are."""
        return self[len(self.words) :]


def foreign_texts(value: Any, reader: str) -> list[str]:
    """The texts within ``value`` that are in another language than ``reader``, as their papers mark them."""
    with override(reader):
        notes = [f"({words})" for code, words in IN_LANGUAGE.items() if code != reader]
    return [line for text in _texts_within(value) for line in text.split("\n") if any(note in line for note in notes)]


def _texts_within(value: Any) -> Iterator[str]:
    """Every text that ``value`` holds, however deep."""
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts_within(part)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts_within(getattr(value, part.name))
