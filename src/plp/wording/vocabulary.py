"""The words all patterns of one language ask for, and a text read once with them.

Every rule looks at the same text; a word of the text is compared with the words of all patterns once.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plp.wording.fold import fold_word
from plp.wording.tokens import Token, comparable_spelling

NUMBER = -2
PERSON = -4
LONGEST = 60  # letters of a word that are compared; longer words exist only to tire the machine
REMEMBERED = 20_000
Match = tuple[int, int, int, int]  # first word, last word at the shortest, at the longest, number of the pattern


class Vocabulary:
    """Words and word parts with a number each; ``labels`` gives the numbers a written word answers to."""

    def __init__(self, language: str, same: Mapping[str, Sequence[str]] | None = None) -> None:
        """An empty vocabulary that patterns add to; ``same``: words of the street by the plain one."""
        self.language = language
        self.plain: dict[str, list[str]] = defaultdict(list)
        for plain, words in (same or {}).items():
            for word in words:
                self.plain[comparable_spelling(fold_word(word), language)].append(
                    comparable_spelling(fold_word(plain), language)
                )
        self.numbers: dict[str, int] = {}
        self.exact: dict[str, set[int]] = {}
        self.prefix: dict[str, set[int]] = {}
        self.suffix: dict[str, set[int]] = {}
        self.inside: dict[str, set[int]] = {}
        self._seen: dict[str, frozenset[int]] = {}

    def get_or_add_label(self, piece: str, *, list_name: str = "") -> int:
        """The number of ``piece`` (``plaat``, ``plaat*``, ``*plaat``, ``*plaat*``), or of the list it stands in."""
        number = self.numbers.get(list_name or piece)
        if number is not None and not list_name:
            return number
        number = self.numbers.setdefault(list_name or piece, len(self.numbers))
        key = comparable_spelling(fold_word(piece.strip("*")), self.language)
        table = {(False, False): self.exact, (False, True): self.prefix, (True, False): self.suffix}.get(
            (piece.startswith("*"), piece.endswith("*")), self.inside
        )
        table.setdefault(key, set()).add(number)
        self._seen.clear()
        return number

    def labels(self, word: str) -> frozenset[int]:
        """The numbers of everything ``word`` matches; ``NUMBER`` for digits."""
        known = self._seen.get(word)
        if known is not None:
            return known
        answer = frozenset().union(*map(self._matching_labels, (word, *self.plain.get(word, ()))))
        if len(self._seen) < REMEMBERED:
            self._seen[word] = answer
        return answer

    def is_cut_by_hyphens(self, parts: Sequence[str]) -> bool:
        """Whether a word of the patterns is cut by hyphens: "pa-trouiller", not "rendez-vous" or "night-watch"."""
        word = comparable_spelling(fold_word("".join(parts)), self.language)
        longest = max((cut for cut in range(1, len(word) + 1) if self.prefix.get(word[:cut])), default=0)
        is_one = word in self.exact or longest > len(comparable_spelling(fold_word(parts[0]), self.language))
        return is_one and not all(self.labels(comparable_spelling(fold_word(part), self.language)) for part in parts)

    def _matching_labels(self, word: str) -> set[int]:
        found: set[int] = set(self.exact.get(word, ()))
        part = word[:LONGEST]
        for cut in range(1, len(part) + 1):
            found.update(self.prefix.get(part[:cut], ()), self.suffix.get(part[-cut:], ()))
        for key, numbers in self.inside.items():
            if key in part:
                found |= numbers
        if word.isdigit():
            found.add(NUMBER)
        return found


@dataclass
class Reading:
    """The tokens of one text with their labels, and where each label stands."""

    tokens: Sequence[Token]
    vocabulary: Vocabulary
    named: frozenset[int] = frozenset()  # places of words that name a person
    labels: list[frozenset[int]] = field(init=False)
    sentences: list[int] = field(init=False)
    places: dict[int, list[int]] = field(init=False)
    found: dict[int, list[Match]] | None = None  # what ``Book.search`` found

    def __post_init__(self) -> None:
        """Look every word up once. Made after the patterns that will search it were compiled."""
        self.labels = [self.vocabulary.labels(token.word) for token in self.tokens]
        for place in self.named:
            self.labels[place] |= {PERSON}
        self.sentences = [token.sentence for token in self.tokens]
        self.places = defaultdict(list)
        for place, labels in enumerate(self.labels):
            for label in labels:
                self.places[label].append(place)
