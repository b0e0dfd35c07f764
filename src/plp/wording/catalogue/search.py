"""Which situations and sentences a typed word means, whatever its language, accents and capitals."""

import re
from collections.abc import Iterable
from functools import cache

from plp.wording.catalogue.reader import SLOT, CatalogueSentence, sentences, situations
from plp.wording.fold import fold

WORD = re.compile(r"\w+")
MOST_FOUND = 12


def find_situations(typed: str) -> list[str]:
    """The keys of the situations that one of their words begins with each typed word, in their order."""
    return [key for key, words in _situation_words().items() if _words_begin_with(typed, words)]


def find_sentences(typed: str, language: str) -> list[str]:
    """At most twelve keys of sentences that hold each typed word, or whose situation is found by it."""
    hits = [key for key, words in _sentence_words(language).items() if _words_begin_with(typed, words)]
    around = [key for situation in find_situations(typed) for key in situations()[situation].sentences]
    return list(dict.fromkeys([*hits, *around]))[:MOST_FOUND]


def find_among(typed: str, some_sentences: Iterable[CatalogueSentence]) -> list[str]:
    """The keys of those of ``some_sentences`` that hold each typed word in one of their languages."""
    words = {sentence.key: _words_of(SLOT.sub(" ", " ".join(sentence.texts.values()))) for sentence in some_sentences}
    return [key for key, found in words.items() if _words_begin_with(typed, found)]


def _words_begin_with(typed: str, words: frozenset[str]) -> bool:
    parts = _words_of(typed)
    return bool(parts) and all(any(word.startswith(part) for word in words) for part in parts)


def _words_of(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(fold(text).text))


@cache
def _situation_words() -> dict[str, frozenset[str]]:
    tables = {key: [*situation.words.values(), *situation.labels.values()] for key, situation in situations().items()}
    return {key: _words_of(" ".join(words)) for key, words in tables.items()}


@cache
def _sentence_words(language: str) -> dict[str, frozenset[str]]:
    return {key: _words_of(SLOT.sub(" ", sentence.texts[language])) for key, sentence in sentences().items()}
