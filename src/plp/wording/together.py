"""Ideas that make a breach when they meet in one sentence: ``{members} + {faster}`` in a rule file's ``together``.

Each idea is a pattern; their order does not matter. Linear in the text for a given number of hits, which is bounded.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from plp.wording.patterns import Book, Hit, PatternSet, hint_firm_and_pattern
from plp.wording.vocabulary import Reading

WINDOW = 16  # words from the first to the last idea
MOST_IDEAS = 3000
NEAR = 12  # hits of one idea looked at in one sentence


class Together:
    """Combinations of ideas of one rule in one language; ``find`` gives one hit a combination and sentence."""

    def __init__(self, sources: Iterable[str], *, book: Book, lists: Mapping[str, Sequence[str]]) -> None:
        """Compile. Raises ``PatternError`` like ``PatternSet``; ``!`` and ``?`` in front as there."""
        numbers: dict[str, int] = {}
        combinations: list[tuple[bool, bool, list[int]]] = []
        for source in sources:
            hint, firm, ideas = hint_firm_and_pattern(source)
            members = [numbers.setdefault(idea.strip(), len(numbers)) for idea in ideas.split(" + ")]
            combinations.append((hint, firm, members))
        self.ideas = PatternSet(numbers, book=book, lists=lists)
        own = self.ideas.patterns
        self.combinations: dict[int, list[tuple[bool, bool, tuple[int, ...]]]] = defaultdict(list)  # by the first idea
        for hint, firm, members in combinations:
            self.combinations[own[members[0]]].append((hint, firm, tuple(own[member] for member in members)))

    def find(self, reading: Reading, *, over: int = 1) -> Iterator[Hit]:
        """The combinations that meet within ``WINDOW`` words of one sentence, or of so many (``over``) in a row."""
        sentences: dict[int, dict[int, list[Hit]]] = {}
        for hit in islice(self.ideas.shortest_hit_of_each_pattern(reading), MOST_IDEAS):
            for number in range(reading.sentences[hit.first] - over + 1, reading.sentences[hit.first] + 1):
                sentences.setdefault(number, {}).setdefault(hit.pattern, []).append(hit)
        for ideas in sentences.values():
            for idea in ideas.keys() & self.combinations.keys():
                for hint, firm, members in self.combinations[idea]:
                    if all(member in ideas for member in members):
                        span = _common_span([ideas[member][:NEAR] for member in members])
                        if span is not None:
                            yield Hit(*span, firm, hint=hint)


def _common_span(ideas: list[list[Hit]]) -> tuple[int, int] | None:
    """The first span in which every idea has a place of its own, none over another."""
    spans = [(hit.first, hit.last, [hit]) for hit in ideas[0]]
    for later in ideas[1:]:
        spans = [
            (min(first, hit.first), max(last, hit.last), [*taken, hit])
            for first, last, taken in spans
            for hit in later
            if all(hit.last < other.first or other.last < hit.first for other in taken)
            and max(last, hit.last) - min(first, hit.first) < WINDOW
        ][: NEAR * NEAR]
    return min(((first, last) for first, last, _ in spans), default=None)
