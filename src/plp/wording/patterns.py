"""The little language of the rule files, and its matcher. No regular expression reaches the text.

================  ==========================================================================
``patrouiller``   the word itself, whatever its accents and capitals
``patrouill*``    every word that begins so; ``*plaat`` ends so; ``*plaat*`` contains it
``(a|b c|d)``     one of these
``[le|la]``       one of these, or nothing
``{suspect}``     one entry of the list of that name
``..``  ``...``   up to two words, up to five words, in the same sentence
``#``             a number; ``$`` the end of the sentence; ``%`` and ``€`` stand for themselves
``!`` (first)     counts even when a negation stands beside it ("don't let him go")
================  ==========================================================================

A pattern becomes a small automaton without loops; all states are followed at once, so the time is linear in the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plp.wording.vocabulary import NUMBER, Reading, Vocabulary

PIECE = re.compile(r"\.\.\.|\.\.|[()\[\]|{}#$]|\*?[^\W_]+\*?|[%€]|\s+|['’-]")
GAPS = {"..": 2, "...": 5}
ANY = -1
END = -3
MARKS = {"#": NUMBER, "$": END}


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


@dataclass
class _Automaton:
    arcs: list[list[tuple[int, int]]] = field(default_factory=list)
    empty: list[list[int]] = field(default_factory=list)

    def state(self) -> int:
        self.arcs.append([])
        self.empty.append([])
        return len(self.arcs) - 1


class _Shared(dict[tuple[int, int], int]):
    """Arcs made by one set of alternatives, by state and label."""


class PatternSet:
    """Many patterns of one language, compiled together; ``find`` gives every hit of every pattern."""

    def __init__(self, sources: Iterable[str], *, vocabulary: Vocabulary, lists: Mapping[str, Sequence[str]]) -> None:
        """Compile. Raises ``PatternError`` for an unknown list, an unclosed bracket or an empty pattern."""
        self.vocabulary, self.lists = vocabulary, lists
        self.automaton = _Automaton()
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
        if place != len(pieces) or self._reaches(start, end):
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

    def _reaches(self, start: int, end: int) -> bool:
        reached, waiting = {start}, [start]
        while waiting:
            for target in self.automaton.empty[waiting.pop()]:
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)
        return end in reached

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
            if piece not in "([{#$" and piece not in GAPS:
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
        self.steps: dict[int, dict[int, list[int]]] = {}
        self.ends: dict[int, tuple[int, ...]] = {}
        self.starts: dict[int, set[int]] = {}
        for start in starts:
            for label in self._from(start):
                self.starts.setdefault(label, set()).add(start)

    def _from(self, state: int) -> dict[int, list[int]]:
        """Where each label leads from a state; worked out when the state is first reached."""
        known = self.steps.get(state)
        if known is not None:
            return known
        step: dict[int, list[int]] = {}
        reached = self._closure(state)
        for one in reached:
            for label, target in self.automaton.arcs[one]:
                step.setdefault(label, []).append(target)
        self.ends[state] = tuple(self.accepting[one] for one in reached if one in self.accepting)
        self.steps[state] = step
        return step

    def _closure(self, state: int) -> set[int]:
        reached, waiting = {state}, [state]
        while waiting:
            for target in self.automaton.empty[waiting.pop()]:
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)
        return reached

    # Matching ----------------------------------------------------------------------------------------------------

    def find(self, reading: Reading, *, longest: bool = False, each: bool = False) -> Iterator[Hit]:
        """Hits in reading order, the shortest (or longest) for each first word.

        With ``each``, one hit for every pattern that begins at a word.
        """
        firsts = {place for label in self.starts for place in reading.places.get(label, ())}
        for first in sorted(firsts):
            found = self._run(first, reading, longest)
            if each:
                yield from found
            else:
                yield from {hit.firm: hit for hit in (found if longest else reversed(found))}.values()

    def _run(self, first: int, reading: Reading, longest: bool) -> list[Hit]:
        place, hits, sentence = first, dict[int, Hit](), reading.tokens[first].sentence
        states = {start for label in reading.labels[first] for start in self.starts.get(label, ())}
        while states and place < len(reading.tokens) and reading.tokens[place].sentence == sentence:
            reached = self._step(states, reading.labels[place])
            for state in reached:
                self._from(state)
                for pattern in self.ends[state]:
                    if longest or pattern not in hits:
                        hits[pattern] = Hit(first, place, self.firm[pattern], pattern)
            states = reached
            place += 1
        for last in {target for state in states for target in self._from(state).get(END, ())}:
            self._from(last)
            for pattern in self.ends[last]:
                hits.setdefault(pattern, Hit(first, place - 1, self.firm[pattern], pattern))
        return sorted(hits.values(), key=lambda hit: hit.last)

    def _step(self, states: set[int], labels: frozenset[int]) -> set[int]:
        reached: set[int] = set()
        for state in states:
            step = self._from(state)
            if ANY in step:
                reached.update(step[ANY])
            for label in labels.intersection(step) if len(step) > 1 else step.keys() & labels:
                reached.update(step[label])
        return reached
