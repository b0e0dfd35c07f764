"""The little language of the rule files, and its matcher. No regular expression reaches the text.

================  ==========================================================================
``patrouiller``   the word itself, whatever its accents and capitals
``patrouill*``    every word that begins so; ``*plaat`` ends so; ``*plaat*`` contains it
``(a|b c|d)``     one of these
``[le|la]``       one of these, or nothing
``{suspect}``     one entry of the list of that name
``..``  ``...``   up to two words, up to five words, in the same sentence
``#``  ``@``      a number; a person called by name; ``$`` the end of the sentence
``!`` (first)     counts even when a negation stands beside it ("don't let him go")
================  ==========================================================================

A pattern becomes a small automaton without loops (``automaton.py``), so the time is linear in the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plp.wording.automaton import ANY, END, Automaton, Walk
from plp.wording.vocabulary import NUMBER, PERSON, Reading, Vocabulary

PIECE = re.compile(r"(?<=\{)\w+(?=\})|\.\.\.|\.\.|[()\[\]|{}#$@]|\*?[^\W_]+\*?|[%€]|\s+|['’-]")
GAPS = {"..": 2, "...": 5}
MARKS = {"#": NUMBER, "$": END, "@": PERSON}


class PatternError(ValueError):
    """A pattern in a rule file cannot be read; the message names it."""


@dataclass(frozen=True)
class Hit:
    """Tokens ``first`` to ``last`` (both included) match pattern number ``pattern``.

    ``firm`` when a negation does not undo it.
    """

    first: int
    last: int
    firm: bool
    pattern: int = 0


class _Shared(dict[tuple[int, int], int]):
    """Arcs made by one set of alternatives, by state and label."""


class PatternSet:
    """Many patterns of one language, compiled together; ``find`` gives every hit of every pattern."""

    def __init__(self, sources: Iterable[str], *, vocabulary: Vocabulary, lists: Mapping[str, Sequence[str]]) -> None:
        """Compile. Raises ``PatternError`` for an unknown list, an unclosed bracket or an empty pattern."""
        self.vocabulary, self.lists = vocabulary, lists
        self.automaton = Automaton()
        self.accepting: dict[int, int] = {}
        self.firm: list[bool] = []
        starts = [self._add(source) for source in sources]
        self._open(starts)

    # Reading -----------------------------------------------------------------------------------------------------

    def _add(self, source: str) -> int:
        firm = source.startswith("!")
        pieces = [piece for piece in self._pieces(source.removeprefix("!"), source) if piece.strip(" '’-\n\t")]
        start, place = self.automaton.state(), 0
        end, place = self._alternatives(pieces, place, start, source, depth=0)
        if place != len(pieces) or end in self.automaton.closure(start):
            raise PatternError(f"cannot read the pattern {source!r}")
        if pieces[0] in GAPS:
            raise PatternError(f"the pattern {source!r} begins with a gap")
        self.accepting[end] = len(self.firm)
        self.firm.append(firm)
        return start

    @staticmethod
    def _pieces(pattern: str, source: str) -> list[str]:
        pieces = PIECE.findall(pattern)
        if "".join(pieces) != pattern:
            raise PatternError(f"the pattern {source!r} holds a sign that has no meaning here")
        return pieces

    def _alternatives(self, pieces: list[str], place: int, start: int, source: str, depth: int) -> tuple[int, int]:
        if depth > 8:
            raise PatternError(f"too many brackets or lists inside each other in {source!r}")
        end, shared = self.automaton.state(), _Shared()
        while True:
            last, place = self._sequence(pieces, place, start, source, depth, shared)
            self.automaton.empty[last].append(end)
            if place >= len(pieces) or pieces[place] != "|":
                return end, place
            place += 1

    def _sequence(
        self, pieces: list[str], place: int, state: int, source: str, depth: int, shared: _Shared
    ) -> tuple[int, int]:
        plain = True
        while place < len(pieces) and pieces[place] not in "|)]":
            piece = pieces[place]
            if piece not in "([{#$@" and piece not in GAPS:
                label = self.vocabulary.label(piece)
                state = self._shared_arc(state, label, shared) if plain else self._arc(state, label)
                place += 1
                continue
            plain = False
            if piece in "([":
                begin = state
                state, place = self._alternatives(pieces, place + 1, begin, source, depth + 1)
                if place >= len(pieces) or pieces[place] != {"(": ")", "[": "]"}[piece]:
                    raise PatternError(f"a bracket is not closed in {source!r}")
                if piece == "[":
                    self.automaton.empty[begin].append(state)
            elif piece == "{":
                state = self._list(pieces[place + 1 : place + 3], state, source, depth)
                place += 2
            else:
                state = self._gap(state, GAPS[piece]) if piece in GAPS else self._arc(state, MARKS[piece])
            place += 1
        return state, place

    def _shared_arc(self, state: int, label: int, shared: _Shared) -> int:
        """Alternatives that begin with the same words share them: "the baker", "the postman"."""
        if (state, label) not in shared:
            shared[state, label] = self._arc(state, label)
        return shared[state, label]

    def _list(self, following: list[str], state: int, source: str, depth: int) -> int:
        if len(following) < 2 or following[1] != "}" or following[0] not in self.lists:
            raise PatternError(f"unknown list in {source!r}")
        end, label = self.automaton.state(), None
        name = f"{{{following[0]}}}{hash(tuple(self.lists[following[0]]))}"
        shared = _Shared()
        for entry in self.lists[following[0]]:
            pieces = [piece for piece in self._pieces(entry, entry) if piece.strip(" '’-\n\t")]
            if len(pieces) == 1 and pieces[0].strip("*").isalnum():
                label = self.vocabulary.label(pieces[0], of=name)
                continue
            last, _ = self._sequence(pieces, 0, state, entry, depth + 1, shared)
            self.automaton.empty[last].append(end)
        if label is not None:
            self.automaton.arcs[state].append((label, end))
        return end

    def _arc(self, state: int, label: int) -> int:
        target = self.automaton.state()
        self.automaton.arcs[state].append((label, target))
        return target

    def _gap(self, state: int, most: int) -> int:
        end = self.automaton.state()
        self.automaton.empty[state].append(end)
        for _ in range(most):
            state = self._arc(state, ANY)
            self.automaton.empty[state].append(end)
        return end

    def _open(self, starts: list[int]) -> None:
        self.walk = Walk(self.automaton, self.accepting, starts)
        self.starts = self.walk.starts

    # Matching ----------------------------------------------------------------------------------------------------

    def find(self, reading: Reading, *, longest: bool = False, each: bool = False) -> Iterator[Hit]:
        """Hits in reading order, the shortest (or longest) for each first word.

        With ``each``, one hit for every pattern that begins at a word.
        """
        firsts = {place for label in self.starts.keys() & reading.places.keys() for place in reading.places[label]}
        for first in sorted(firsts):
            found = self._run(first, reading, longest)
            if each:
                yield from found
            elif found:
                yield from {hit.firm: hit for hit in (found if longest else reversed(found))}.values()

    def _run(self, first: int, reading: Reading, longest: bool) -> list[Hit]:
        labels, sentences = reading.labels, reading.sentences
        place, hits, sentence, length = first, dict[int, Hit](), sentences[first], len(labels)
        state, symbols = self.walk.root(labels[first]), self.walk.symbols
        while place < length and sentences[place] == sentence:
            symbol = symbols.get(labels[place])
            following = state.moves.get(symbol) if symbol is not None else None
            state = following or self.walk.step(state, labels[place])
            for pattern in state.ends:
                if longest or pattern not in hits:
                    hits[pattern] = Hit(first, place, self.firm[pattern], pattern)
            place += 1
            if not state.places:
                return sorted(hits.values(), key=lambda hit: hit.last) if hits else []
        for pattern in state.closing:
            hits.setdefault(pattern, Hit(first, place - 1, self.firm[pattern], pattern))
        return sorted(hits.values(), key=lambda hit: hit.last)
