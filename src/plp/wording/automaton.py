"""The automaton all patterns of a language share, and the walk over it: each step worked out once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ANY = -1  # an arc every word may take
END = -3  # an arc taken at the end of the sentence
MOST_STEPS = 60_000  # steps that are remembered; a hostile text only makes the walk forget


@dataclass
class Automaton:
    """Places joined by arcs (a label each) and by empty arcs; without loops, as patterns have none.

    Only places with arcs have a list of them: a language has some fifty thousand places, most with one arc or none.
    """

    arcs: defaultdict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    empty: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    states: int = 0

    def add_state(self) -> int:
        """A new place."""
        self.states += 1
        return self.states - 1

    def closure(self, state: int) -> set[int]:
        """Every place reached from ``add_state`` without a word."""
        reached, waiting = {state}, [state]
        while waiting:
            for target in self.empty.get(waiting.pop(), ()):
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)
        return reached


@dataclass(eq=False, slots=True)
class State:
    """Where a walk stands: places of the automaton, patterns that end here, and where the words seen so far led."""

    places: frozenset[int]
    ends: tuple[int, ...]
    moves: dict[frozenset[int], "State"] = field(default_factory=dict)
    closing: tuple[int, ...] | None = None  # patterns that end here if the sentence does; None: not asked yet


class Walk:
    """Steps over an automaton. ``symbols`` gives the labels of a word that matter to this automaton."""

    def __init__(self, automaton: Automaton, accepting: Mapping[int, int], starts: Sequence[int]) -> None:
        """Ready to walk; ``accepting`` says which pattern ends at a place."""
        self.automaton, self.accepting = automaton, accepting
        self.alphabet = frozenset(label for arcs in automaton.arcs.values() for label, _ in arcs)
        self._steps: dict[int, dict[int, list[int]]] = {}
        self._accepts: dict[int, tuple[int, ...]] = {}
        self.firsts: dict[int, set[int]] = {}  # places behind a first word, by its label
        for start in starts:
            for label, targets in self._transitions(start).items():
                self.firsts.setdefault(label, set()).update(targets)
        self.clear()

    def clear(self) -> None:
        """Drop the steps worked out so far."""
        self.symbols: dict[frozenset[int], frozenset[int]] = {}
        self.entries: dict[frozenset[int], State] = {}
        self._states: dict[frozenset[int], State] = {}
        self._known = 0

    def state_after_first_word(self, labels: frozenset[int]) -> State:
        """The state behind a word with these labels, when patterns begin with it."""
        state = self.entries.get(labels)
        if state is None:
            places = {place for label in labels for place in self.firsts.get(label, ())}
            state = self.entries[labels] = self._get_or_create_state_of_places(frozenset(places))
        return state

    def state_after_next_word(self, state: State, labels: frozenset[int]) -> State:
        """The state behind a further word with these labels."""
        symbol = self.symbols.setdefault(labels, labels & self.alphabet)
        known = state.moves.get(symbol)
        if known is None:
            known = state.moves[symbol] = self._get_or_create_state_of_places(
                frozenset(self._places_reached_by_labels(state.places, symbol))
            )
            self._known += 1
            if self._known > MOST_STEPS:
                self.clear()
        return known

    def patterns_ending_with_sentence(self, state: State) -> tuple[int, ...]:
        """Patterns that end at a state because the sentence ends there."""
        if state.closing is None:
            last = {target for place in state.places for target in self._transitions(place).get(END, ())}
            state.closing = self._accepted_patterns(last)
        return state.closing

    def _places_reached_by_labels(self, places: frozenset[int], symbol: frozenset[int]) -> set[int]:
        reached: set[int] = set()
        steps = self._steps
        for place in places:
            step = steps.get(place) or self._transitions(place)
            if ANY in step:
                reached.update(step[ANY])
            if len(step) < len(symbol):
                for label in step:
                    if label in symbol:
                        reached.update(step[label])
            else:
                for label in symbol:
                    if label in step:
                        reached.update(step[label])
        return reached

    def _get_or_create_state_of_places(self, places: frozenset[int]) -> State:
        state = self._states.get(places)
        if state is None:
            state = self._states[places] = State(places, self._accepted_patterns(places))
        return state

    def _accepted_patterns(self, places: frozenset[int] | set[int]) -> tuple[int, ...]:
        return tuple(sorted({pattern for place in places for pattern in self._patterns_accepted_at(place)}))

    def _patterns_accepted_at(self, nfa_state: int) -> tuple[int, ...]:
        accepts = self._accepts.get(nfa_state)
        if accepts is None:
            closure = self.automaton.closure(nfa_state)
            accepts = self._accepts[nfa_state] = tuple(self.accepting[one] for one in closure if one in self.accepting)
        return accepts

    def _transitions(self, nfa_state: int) -> dict[int, list[int]]:
        """Where each label leads from a place; worked out when the place is first reached."""
        step = self._steps.get(nfa_state)
        if step is None:
            step = self._steps[nfa_state] = {}
            for one in self.automaton.closure(nfa_state):
                for label, target in self.automaton.arcs.get(one, ()):
                    step.setdefault(label, []).append(target)
        return step
