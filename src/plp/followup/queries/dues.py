"""What lies on somebody's desk, the most urgent first (R50)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from plp.followup.clocks import DueKind, all_due_kinds
from plp.followup.models import Due
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person

POLICE_OR_RELAY = Permission.NOTICE_STOP  # what reached the police is theirs to settle, though not theirs to do


@dataclass(frozen=True)
class OnDesk:
    """One line of a desk. ``is_late`` when its moment is past."""

    kind: DueKind
    partnership: Partnership
    due_at: datetime
    is_late: bool
    link: str

    @property
    def label(self) -> Any:
        """What is to be done, in words."""
        return self.kind.label


OPEN_DUES = OpenRows("FROM followup_due t WHERE t.done_at IS NULL AND t.holder_id = {person}")


def _open_dues_held_by(person: UUID) -> QuerySet[Due]:
    """What is not done, mostly nothing: its partnership is asked for where there is something."""
    rows = Due.objects.filter(done_at=None, holder=person).order_by("due_at", "pk")
    return rows.prefetch_related("partnership__area")


def matters_on_desk(person: Person, *, at: datetime) -> list[OnDesk]:
    """What lies on the desk of ``person`` at ``at``, what is due first at the head.

    Only what still waits now and what the rights of this moment let them do: a thing that was done since the clock
    last ran, or a right that ended, takes the line away at once (T11). Two queries, and those of each kind on it.
    """
    rows, found = list(_open_dues_held_by(person.pk)) if OPEN_DUES.may_exist_for(person) else [], []
    kinds = all_due_kinds()
    for key in dict.fromkeys(row.kind for row in rows):
        kind = kinds[key]
        areas = permitted_areas(person, kind.permission, POLICE_OR_RELAY, at=at)
        mine = Partnership.objects.filter(area__in=areas)
        waiting = {(one.matter, one.partnership) for one in kind.find(mine, at)}
        found += [
            OnDesk(kind, row.partnership, row.due_at, row.due_at <= at, kind.link_for(row.desk))
            for row in rows
            if row.kind == key and (row.matter, row.partnership_id) in waiting
        ]
    return sorted(found, key=lambda line: line.due_at)


def open_dues(*, person: Person | None = None, partnership: Partnership | None = None) -> QuerySet[Due]:
    """What is not done: of one person or one partnership, what is due first at the head."""
    rows = Due.objects.filter(done_at=None).select_related("partnership__area").order_by("due_at", "pk")
    if person is not None:
        rows = rows.filter(holder=person)
    return rows.filter(partnership=partnership) if partnership is not None else rows


def first_due_time(person: Person, kind: str) -> datetime | None:
    """By when the first thing of a kind on the desk of ``person`` is to be done; ``None`` when nothing lies there."""
    return open_dues(person=person).filter(kind=kind).values_list("due_at", flat=True).first()
