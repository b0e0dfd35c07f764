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
``?`` (first)     a hint: counts only where the second reader, if asked, thinks so too
``^`` (first)     the beginning of the sentence, behind the other two signs
================  ==========================================================================

A pattern becomes a small automaton without loops (``automaton.py``), so the time is linear in the text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plp.wording.automaton import ANY, END, Automaton, Walk
from plp.wording.vocabulary import NUMBER, PERSON, Match, Reading, Vocabulary

PIECE = re.compile(r"(?<=\{)\w+(?=\})|\.\.\.|\.\.|[()\[\]|{}#$@]|\*?[^\W_]+\*?|[%€]|\s+|['’-]")
GAPS = {"..": 2, "...": 5}
MARKS = {"#": NUMBER, "$": END, "@": PERSON}


class PatternError(ValueError):
    """A pattern in a rule file cannot be read; the message names it."""


@dataclass(frozen=True)
class Hit:
    """Tokens ``first`` to ``last`` (both included) match pattern number ``pattern``.

    ``firm`` when a negation does not undo it; a ``hint`` when the second reader may.
    """

    first: int
    last: int
    firm: bool
    pattern: int = 0
    hint: bool = False


def hint_firm_and_pattern(source: str) -> tuple[bool, bool, str]:
    """Whether a pattern is a hint ("?") and firm ("!"), and what it asks for."""
    hint, firm = source.startswith("?"), source.removeprefix("?").startswith("!")
    return hint, firm, source.removeprefix("?").removeprefix("!")


class _Shared(dict[tuple[int, int], int]):
    """Arcs made by one set of alternatives, by state and label."""


@dataclass
class ReadList:
    """A list that a pattern named before: the label of its single words, and the pieces of its longer entries."""

    label: int | None = None
    phrases: list[tuple[str, list[str]]] = field(default_factory=list)


class Book:
    """All patterns of one language in one automaton: a text is walked once, whatever the number of patterns."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """An empty book; ``PatternSet`` writes in it."""
        self.vocabulary = vocabulary
        self.automaton = Automaton()
        self.accepting: dict[int, int] = {}
        self.firm: list[bool] = []
        self.hints: list[bool] = []
        self.opening: set[int] = set()
        self.owner: list[int] = []
        self.starts: list[int] = []
        self.sets = 0
        self.known_lists: dict[str, ReadList] = {}
        self._walk: Walk | None = None

    def compile_set(self, sources: Iterable[str], lists: Mapping[str, Sequence[str]]) -> tuple[int, range]:
        """Compile patterns; the number of their set, and their own numbers. Raises ``PatternError``."""
        self.sets += 1
        self._walk = None
        first = len(self.firm)
        parser = _Parser(self, lists)
        for source in sources:
            self.starts.append(parser.compile_pattern(source))
            self.owner.append(self.sets)
        return self.sets, range(first, len(self.firm))

    def search(self, reading: Reading) -> dict[int, list[Match]]:
        """Every match of every pattern in reading order, by the number of the set; worked out once a reading."""
        if reading.found is None:
            if self._walk is None:
                self._walk = Walk(self.automaton, self.accepting, self.starts)
            reading.found = defaultdict(list)
            firsts = self._walk.firsts.keys() & reading.places.keys()
            for first in sorted({place for label in firsts for place in reading.places[label]}):
                opens = not first or reading.sentences[first - 1] != reading.sentences[first]
                for pattern, (shortest, longest) in self._shortest_and_longest_ends(self._walk, first, reading).items():
                    if opens or pattern not in self.opening:
                        reading.found[self.owner[pattern]].append((first, shortest, longest, pattern))
        return reading.found

    @staticmethod
    def _shortest_and_longest_ends(walk: Walk, first: int, reading: Reading) -> dict[int, tuple[int, int]]:
        """The shortest and the longest end of every pattern that begins at a word."""
        labels, sentences, hits = reading.labels, reading.sentences, dict[int, tuple[int, int]]()
        place, sentence, length = first, sentences[first], len(labels)
        state, symbols = walk.state_after_first_word(labels[first]), walk.symbols
        while True:
            for pattern in state.ends:
                hits[pattern] = (hits[pattern][0] if pattern in hits else place, place)
            place += 1
            if not state.places:
                return hits
            if place >= length or sentences[place] != sentence:
                break
            symbol = symbols.get(labels[place])
            following = state.moves.get(symbol) if symbol is not None else None
            state = following or walk.state_after_next_word(state, labels[place])
        for pattern in walk.patterns_ending_with_sentence(state):
            hits.setdefault(pattern, (place - 1, place - 1))
        return hits


class PatternSet:
    """Some patterns of a book that belong together; ``find`` gives every hit of every pattern."""

    def __init__(self, sources: Iterable[str], *, book: Book, lists: Mapping[str, Sequence[str]]) -> None:
        """Compile. Raises ``PatternError`` for an unknown list, an unclosed bracket or an empty pattern."""
        self.book = book
        self.number, self.patterns = book.compile_set(sources, lists)

    def find(self, reading: Reading, *, longest: bool = False) -> Iterator[Hit]:
        """Hits in reading order, the shortest (or longest) for each first word."""
        best: dict[tuple[int, bool, bool], tuple[int, int]] = {}
        for first, shortest, furthest, pattern in self.book.search(reading).get(self.number, ()):
            last, key = furthest if longest else shortest, (first, self.book.firm[pattern], self.book.hints[pattern])
            if key not in best or (last > best[key][0] if longest else last < best[key][0]):
                best[key] = (last, pattern)
        for (first, firm, hint), (last, pattern) in best.items():
            yield Hit(first, last, firm, pattern, hint)

    def shortest_hit_of_each_pattern(self, reading: Reading) -> Iterator[Hit]:
        """One hit, the shortest, for every pattern that begins at a word."""
        for first, shortest, _, pattern in self.book.search(reading).get(self.number, ()):
            yield Hit(first, shortest, self.book.firm[pattern], pattern)


class _Parser:
    """Turns the sources of patterns into places and arcs of a book."""

    def __init__(self, book: Book, lists: Mapping[str, Sequence[str]]) -> None:
        self.book, self.lists = book, lists
        self.automaton, self.vocabulary = book.automaton, book.vocabulary

    def compile_pattern(self, source: str) -> int:
        """Compile one pattern; the place where it starts."""
        hint, firm, pattern = hint_firm_and_pattern(source)
        if pattern.startswith("^"):
            self.book.opening.add(len(self.book.firm))
            pattern = pattern.removeprefix("^")
        pieces = [piece for piece in self._split_pieces(pattern, source) if piece.strip(" '’-\n\t")]
        start, place = self.automaton.add_state(), 0
        end, place = self._parse_alternatives(pieces, place, start, source, depth=0)
        if place != len(pieces) or end in self.automaton.closure(start):
            raise PatternError(f"cannot read the pattern {source!r}")
        if pieces[0] in GAPS:
            raise PatternError(f"the pattern {source!r} begins with a gap")
        self.book.accepting[end] = len(self.book.firm)
        self.book.firm.append(firm)
        self.book.hints.append(hint)
        return start

    @staticmethod
    def _split_pieces(pattern: str, source: str) -> list[str]:
        pieces = PIECE.findall(pattern)
        if "".join(pieces) != pattern:
            raise PatternError(f"the pattern {source!r} holds a sign that has no meaning here")
        return pieces

    def _parse_alternatives(
        self, pieces: list[str], position: int, start: int, source: str, depth: int
    ) -> tuple[int, int]:
        if depth > 8:
            raise PatternError(f"too many brackets or lists inside each other in {source!r}")
        end, shared = self.automaton.add_state(), _Shared()
        while True:
            last, position = self._parse_sequence(pieces, position, start, source, depth, shared)
            self.automaton.empty[last].append(end)
            if position >= len(pieces) or pieces[position] != "|":
                return end, position
            position += 1

    def _parse_sequence(
        self, pieces: list[str], position: int, state: int, source: str, depth: int, shared: _Shared
    ) -> tuple[int, int]:
        plain = True
        while position < len(pieces) and pieces[position] not in "|)]":
            piece = pieces[position]
            if piece not in "([{#$@" and piece not in GAPS:
                label = self.vocabulary.get_or_add_label(piece)
                state = (
                    self._shared_or_new_arc(state, label, shared)
                    if plain
                    else self._add_arc_and_return_state(state, label)
                )
                position += 1
                continue
            plain = False
            if piece in "([":
                begin = state
                state, position = self._parse_alternatives(pieces, position + 1, begin, source, depth + 1)
                if position >= len(pieces) or pieces[position] != {"(": ")", "[": "]"}[piece]:
                    raise PatternError(f"a bracket is not closed in {source!r}")
                if piece == "[":
                    self.automaton.empty[begin].append(state)
            elif piece == "{":
                state = self._add_list_and_return_end_state(pieces[position + 1 : position + 3], state, source, depth)
                position += 2
            else:
                state = (
                    self._add_gap_and_return_end_state(state, GAPS[piece])
                    if piece in GAPS
                    else self._add_arc_and_return_state(state, MARKS[piece])
                )
            position += 1
        return state, position

    def _shared_or_new_arc(self, state: int, label: int, shared: _Shared) -> int:
        """Alternatives that begin with the same words share them: "the baker", "the postman"."""
        if (state, label) not in shared:
            shared[state, label] = self._add_arc_and_return_state(state, label)
        return shared[state, label]

    def _add_list_and_return_end_state(self, following: list[str], state: int, source: str, depth: int) -> int:
        if len(following) < 2 or following[1] != "}" or following[0] not in self.lists:
            raise PatternError(f"unknown list in {source!r}")
        entries = self.lists[following[0]]
        name = f"{{{following[0]}}}{hash(tuple(entries))}"
        known = self.book.known_lists.get(name)
        if known is None:
            known = self.book.known_lists[name] = self._classify_list_entries(name, entries)
        end, shared = self.automaton.add_state(), _Shared()
        for entry, pieces in known.phrases:
            last, _ = self._parse_sequence(pieces, 0, state, entry, depth + 1, shared)
            self.automaton.empty[last].append(end)
        if known.label is not None:
            self.automaton.arcs[state].append((known.label, end))
        return end

    def _classify_list_entries(self, name: str, entries: Sequence[str]) -> ReadList:
        """Tell single words, which share one label, from what takes several steps: once, however many patterns ask."""
        read = ReadList()
        for entry in entries:
            pieces = [piece for piece in self._split_pieces(entry, entry) if piece.strip(" '’-\n\t")]
            if len(pieces) == 1 and pieces[0].strip("*").isalnum():
                read.label = self.vocabulary.get_or_add_label(pieces[0], list_name=name)
            else:
                read.phrases.append((entry, pieces))
        return read

    def _add_arc_and_return_state(self, state: int, label: int) -> int:
        target = self.automaton.add_state()
        self.automaton.arcs[state].append((label, target))
        return target

    def _add_gap_and_return_end_state(self, state: int, most: int) -> int:
        end = self.automaton.add_state()
        self.automaton.empty[state].append(end)
        for _ in range(most):
            state = self._add_arc_and_return_state(state, ANY)
            self.automaton.empty[state].append(end)
        return end
