"""How the work of a desk is shared: for whoever makes the rota, and for each person their own line. By name alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from plp.followup.models import Due
from plp.mandates.models import Shift
from plp.people.models import Person
from plp.places.models import Area
from plp.sightings.models import Sighting
from plp.sightings.queries.assignment import WAITING

LOOKED_BACK = timedelta(days=90)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Workload:
    """What one person has and had: open tasks, those done in ninety days, hours on call in ninety days and to come."""

    person: Person
    open_tasks: int
    done: int
    hours_had: int
    hours_coming: int


def workloads(area: Area, people: Sequence[Person], *, at: datetime) -> list[Workload]:
    """The work of ``people`` in ``area``: what is due, and reports given to them. Three queries."""
    keys, since = [person.pk for person in people], at - LOOKED_BACK
    dues = Due.objects.filter(partnership__area__path__startswith=area.path, holder__in=keys)
    due_counts = (
        dues.order_by()
        .values_list("holder")
        .annotate(waiting=Count("pk", filter=Q(done_at=None)), done=Count("pk", filter=Q(done_at__gt=since)))
    )
    reports = Sighting.objects.filter(municipality__path__startswith=area.path, assigned_to__in=keys)
    report_counts = (
        reports.order_by()
        .values_list("assigned_to")
        .annotate(waiting=Count("pk", filter=Q(state__in=WAITING)), done=Count("pk", filter=Q(ended_at__gt=since)))
    )
    tasks: dict[UUID, tuple[int, int]] = {}
    for key, waiting, done in [*due_counts, *report_counts]:
        before = tasks.get(key, (0, 0))
        tasks[key] = (before[0] + waiting, before[1] + done)
    hours = _past_and_coming_hours_on_call(area, keys, since=since, at=at)
    return [Workload(person, *tasks.get(person.pk, (0, 0)), *hours.get(person.pk, (0, 0))) for person in people]


def _past_and_coming_hours_on_call(
    area: Area, keys: Sequence[UUID], *, since: datetime, at: datetime
) -> dict[UUID, tuple[int, int]]:
    """Whole hours on call by person: those since ``since``, and those after ``at``."""
    had: dict[UUID, timedelta] = {}
    coming: dict[UUID, timedelta] = {}
    shifts = Shift.objects.filter(rota__area=area, person__in=keys, ends_at__gt=since)
    for key, starts_at, ends_at in shifts.values_list("person", "starts_at", "ends_at"):
        had[key] = had.get(key, timedelta()) + max(min(ends_at, at) - max(starts_at, since), timedelta())
        coming[key] = coming.get(key, timedelta()) + max(ends_at - max(starts_at, at), timedelta())
    return {key: (had[key] // HOUR, coming[key] // HOUR) for key in had}
