"""Which situations and sentences a typed word means, whatever its language, accents and capitals."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from plp.wording.catalogue.reader import SLOT, CatalogueSentence, sentences, situations
from plp.wording.fold import fold

WORD = re.compile(r"\w+")
MOST_FOUND = 12
SHORTEST_TELLING, SHORTEST_MISSPELT = 4, 6  # letters
NEAR = 0.84


def find_situations(typed: str) -> list[str]:
    """The keys of the situations that one of their words begins with each typed word, else of those that come near."""
    exact = [key for key, words in _situation_words().items() if _words_begin_with(typed, words)]
    return exact or _nearest_situations(typed)


def _nearest_situations(typed: str) -> list[str]:
    """Those that hold the most of the typed words, at least one; a long word may be misspelt."""
    counts = {
        key: sum(_comes_near(part, words) for part in _words_of(typed)) for key, words in _situation_words().items()
    }
    return [key for key, count in counts.items() if count == max(counts.values()) > 0]


def _comes_near(part: str, words: frozenset[str]) -> bool:
    if len(part) < SHORTEST_MISSPELT:
        return len(part) >= SHORTEST_TELLING and any(word.startswith(part) for word in words)
    return bool(get_close_matches(part, words, n=1, cutoff=NEAR)) or any(word.startswith(part) for word in words)


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
