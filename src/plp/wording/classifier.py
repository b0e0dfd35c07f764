"""A linear reader: every word, pair of words and piece of a word adds its weight, learned from examples (ADR 77).

The weights stand in ``weights/<task>.toml``, to be read and argued about; ``python -m tests.wording.train`` writes
them. Above nought the words are of the kind that is looked for. All four languages are read at once.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

from plp.wording.lexicon import languages_by_small_word
from plp.wording.wishes import fold_reply

WEIGHTS = Path(__file__).parent / "weights"
LONGEST = 1000  # letters that are read
PIECE = 4  # letters of a piece of a word: it holds stems, endings and slips
TELLING = 3  # letters of a word that is named as a reason
SIGNS = (("?", re.compile(r"\?")), ("!", re.compile("!")), ("#", re.compile(r"\d")))  # a digit is "#"


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """Weights by feature; ``bias`` is what a text without any known feature scores."""

    bias: float
    weights: Mapping[str, float]

    def score(self, text: str) -> float:
        """Above nought: of the kind that is looked for. Long texts do not weigh more than short ones."""
        features = text_features(text)
        return self.bias + sum(self.weights.get(feature, 0.0) for feature in features) / sqrt(max(len(features), 1))

    def heaviest_words(self, text: str, *, most: int = 3) -> list[str]:
        """The words of the text that speak most for it, with half of each pair, heaviest first; no small ones."""
        weight_of: dict[str, float] = {}
        words = ["^", *_folded_words(text), "$"]
        for before, word, after in zip(words, words[1:], words[2:], strict=False):
            pairs = self.weights.get(f"{before} {word}", 0.0) + self.weights.get(f"{word} {after}", 0.0)
            weight = pairs / 2 + sum(self.weights.get(part, 0.0) for part in word_parts(word))
            weight_of[word] = max(weight, weight_of.get(word, 0.0))
        small = languages_by_small_word()
        telling = [word for word in weight_of if weight_of[word] > 0 and len(word) >= TELLING and word not in small]
        heavy = sorted(telling, key=lambda word: (-weight_of[word], word))
        return heavy[:most]


def text_features(text: str) -> frozenset[str]:
    """The words, the pairs of neighbours with both ends, the pieces of words ("~piec"), and the signs of a text."""
    words = _folded_words(text)
    ended = ["^", *words, "$"]
    pairs = {f"{word} {following}" for word, following in pairwise(ended)}
    signs = {sign for sign, pattern in SIGNS if pattern.search(text[:LONGEST])}
    return frozenset(pairs | signs).union(*(word_parts(word) for word in words))


def word_parts(word: str) -> set[str]:
    """A word and its pieces; an underscore is where it begins or ends."""
    framed = f"_{word}_"
    return {word} | {f"~{framed[at : at + PIECE]}" for at in range(len(framed) - PIECE + 1) if len(framed) > PIECE}


def _folded_words(text: str) -> list[str]:
    return fold_reply(text, longest=LONGEST).split()


@cache
def classifier(task: str) -> LinearClassifier:
    """The classifier of ``weights/<task>.toml``, read once."""
    stored = tomllib.loads((WEIGHTS / f"{task}.toml").read_text("utf-8"))
    return LinearClassifier(bias=stored["bias"], weights={**stored["for"], **stored["against"]})
