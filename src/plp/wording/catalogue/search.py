"""Which situations and sentences a typed word means, whatever its language, accents and capitals."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from plp.wording.catalogue.reader import SLOT, CatalogueSentence, sentences, situations
from plp.wording.fold import fold
from plp.wording.lexicon import languages_by_small_word

WORD = re.compile(r"\w+")
MOST_FOUND = 12
SHORTEST_TELLING, SHORTEST_MISSPELT = 4, 6  # letters
SHORTEST_STEM, LONGEST_ENDING = 3, 2  # "volé" comes near "vol"
NEAR = 0.84


def find_situations(typed: str) -> list[str]:
    """The keys of the situations that one of their words begins with each typed word, else of those that come near.

    Where none holds all of them but each telling word comes near one, those.
    """
    together = _exact_situations(typed) or _near_situations(typed)
    if together:
        return together
    by_word = [_near_situations(part) for part in _significant_words(typed)]
    return [key for key in situations() if all(by_word) and any(key in keys for keys in by_word)]


def _exact_situations(typed: str) -> list[str]:
    return [key for key, words in _situation_words().items() if _words_begin_with(typed, words)]


def _near_situations(typed: str) -> list[str]:
    """Those that each telling word comes near; a long word may be misspelt."""
    telling = _significant_words(typed)
    return [
        key
        for key, words in _situation_words().items()
        if telling and all(_resembles_a_word(part, words) for part in telling)
    ]


def _significant_words(typed: str) -> list[str]:
    return [part for part in _words_of(typed) if len(part) >= SHORTEST_TELLING]


def _resembles_a_word(part: str, words: frozenset[str]) -> bool:
    if any(word.startswith(part) or _is_stem(word, part) for word in words):
        return True
    return len(part) >= SHORTEST_MISSPELT and bool(get_close_matches(part, words, n=1, cutoff=NEAR))


def _is_stem(word: str, part: str) -> bool:
    is_telling = len(word) >= SHORTEST_STEM and word not in languages_by_small_word()
    return is_telling and part.startswith(word) and len(part) - len(word) <= LONGEST_ENDING


def find_sentences(typed: str, language: str) -> list[str]:
    """At most twelve keys of sentences that hold each typed word or whose situation does, else of situations near."""
    hits = [key for key, words in _sentence_words(language).items() if _words_begin_with(typed, words)]
    situation_keys = _exact_situations(typed) or ([] if hits else _near_situations(typed))
    around = [key for situation in situation_keys for key in situations()[situation].sentences]
    return list(dict.fromkeys([*hits, *around]))[:MOST_FOUND]


def find_sentences_among(typed: str, some_sentences: Iterable[CatalogueSentence]) -> list[str]:
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
