"""States as data: which state may become which, and the one door through which a row moves."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An action cannot be done. Subclasses stand beside the action and carry ``sentence``.

    ``sentence`` is a translatable text in plain words that says why and what to do; ``portal/shell`` and ``api``
    show it in the reader's language. ``details`` fills its ``%(name)s`` places. ``field`` names the argument that was
    not right: the sentence then stands at the field of that name, if the form has one.
    """

    sentence: Any = ""
    field: str = ""

    def __init__(self, *, field: str = "", **details: Any) -> None:
        super().__init__(type(self).__name__)
        self.field, self.details = field or self.field, details

    def in_words(self) -> str:
        """The sentence in the active language, with its details filled in."""
        return str(self.sentence) % self.details if self.details else str(self.sentence)


class WrongState(Refused):
    """The row is not in a state from which this move may start: somebody was first, or it is too late."""

    sentence = _("This has already been done or can no longer be done. Reload the page to see where it stands.")


class Moves:
    """A table of moves with its named start, checked when the module is imported.

    ``table`` maps each state to the states it may become. Raises ``ValueError`` for a state of ``states`` that
    is missing from the table, for an unknown target, and for a state that cannot be reached from ``start``.
    """

    def __init__(self, states: type[models.TextChoices], start: str, table: Mapping[str, tuple[str, ...]]) -> None:
        known_states = set(states.values)
        if set(table) != known_states:
            raise ValueError(f"{states.__name__}: table and states differ: {set(table) ^ known_states}")
        unknown = {target for targets in table.values() for target in targets} - known_states
        if unknown:
            raise ValueError(f"{states.__name__}: unknown targets {unknown}")
        reached, todo = {start}, [start]
        while todo:
            for target in table[todo.pop()]:
                if target not in reached:
                    reached.add(target)
                    todo.append(target)
        if reached != known_states:
            raise ValueError(f"{states.__name__}: unreachable {known_states - reached}")
        self.start = start
        self.table = dict(table)

    def source_states(self, target: str) -> list[str]:
        """The states from which ``target`` may be reached in one move, in a fixed order."""
        return sorted(state for state, targets in self.table.items() if target in targets)


def move(row: models.Model, to: str, *, table: Moves, **changes: Any) -> None:
    """Move ``row`` to state ``to`` by one filtered update, setting ``changes`` with it.

    Exactly one row must change, so two people who act at once have one winner on SQLite and PostgreSQL alike.
    Raises ``WrongState`` when the row is not in a state that ``table`` allows as origin.
    """
    model = type(row)
    changed = model._default_manager.filter(pk=row.pk, state__in=table.source_states(to)).update(state=to, **changes)
    if changed != 1:
        raise WrongState
    for name, value in {"state": to, **changes}.items():
        setattr(row, name, value)
