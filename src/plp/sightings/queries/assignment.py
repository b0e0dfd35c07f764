"""Reads about who deals with a report: whose turn it is, what was left lying, and how long answers take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from plp.mandates.grants import Permission
from plp.mandates.queries import mandates_marked_by_permission, permission_holders
from plp.mandates.rota_queries import current_shifts_of_area_and_ancestors
from plp.people.models import Person
from plp.places.models import Area
from plp.sightings.models import Sighting
from plp.sightings.queries.sightings import sightings_in_scope
from plp.sightings.rules import ANSWER_WITHIN, OfficerLoad, must_whole_desk_be_told, next_officer
from plp.sightings.states import State
from plp.toolbox.words import alphabetical_key

WAITING = (State.FILED, State.READ)
LOOKED_BACK = timedelta(days=90)


def sighting_officers_of(municipality: Area, *, at: datetime) -> QuerySet[Person]:
    """The police who handle reports of ``municipality``."""
    return permission_holders(Permission.SIGHTING_HANDLE, municipality, at=at)


def next_officer_on_turn(municipality: Area, *, at: datetime, without: UUID | None = None) -> Person | None:
    """Who gets the next report: by rota, absence, open reports and turn (``rules.next_officer``). Four queries.

    ``without``: somebody who had it already; they keep it where nobody else is.
    """
    mandates = mandates_marked_by_permission(municipality, Permission.SIGHTING_HANDLE, at=at)
    rows = sorted(mandates, key=lambda mandate: alphabetical_key(mandate.person.name))
    absences = {row.person_id: row.is_away for row in rows if row.carries}  # type: ignore[attr-defined]  # annotated
    assigned = Sighting.objects.filter(assigned_to__in=list(absences)).order_by().values("assigned_to")
    counts = assigned.annotate(open=Count("pk", filter=Q(state__in=WAITING)), last=Max("assigned_at"))
    by_officer = {row["assigned_to"]: (row["open"], row["last"]) for row in counts}
    on_call = set(current_shifts_of_area_and_ancestors(municipality, at=at).values_list("person", flat=True))
    loads = [
        OfficerLoad(officer, *by_officer.get(officer, (0, None)), is_away=is_away, is_on_call=officer in on_call)
        for officer, is_away in absences.items()
    ]
    turn = next_officer([load for load in loads if load.officer != without] or loads)
    return Person.objects.filter(pk=turn).first() if turn else None


def sightings_to_escalate(*, at: datetime) -> list[Sighting]:
    """The reports of which a whole desk must hear that nobody takes them."""
    waiting = Sighting.objects.filter(state__in=WAITING).select_related("municipality", "assigned_to")
    return [
        sighting
        for sighting in waiting.order_by("filed_at")
        if must_whole_desk_be_told(
            sighting.filed_at,
            sighting.assigned_at,
            sighting.escalated_at,
            is_read=sighting.state == State.READ,
            at=at,
        )
    ]


@dataclass(frozen=True)
class AnswerTimes:
    """How long reports waited for their end: the median in hours, and how many of how many ended in time."""

    number: int
    in_time: int
    median_hours: int | None


def answer_times(person: Person, *, at: datetime) -> AnswerTimes:
    """Of the reports that ``person`` handles and that ended in the last ninety days, erased ones too: one query."""
    ended = sightings_in_scope(person, at=at).filter(ended_at__gt=at - LOOKED_BACK)
    moments = ended.values_list("filed_at", "ended_at")
    return answer_time_figures([ended_at - filed_at for filed_at, ended_at in moments if ended_at])


def answer_time_figures(waits: Sequence[timedelta]) -> AnswerTimes:
    """The figures of so many waits."""
    hours = [wait.total_seconds() / 3600 for wait in waits]
    in_time = sum(wait <= ANSWER_WITHIN for wait in waits)
    return AnswerTimes(len(waits), in_time, round(median(hours)) if hours else None)
