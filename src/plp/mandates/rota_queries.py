"""Who is on call: asked at each moment from rota and mandates, so nobody without an office is called (ADR 74)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from plp.mandates.grants import Permission, Role, Task
from plp.mandates.models import Absence, Delegation, Mandate, Rota, Shift
from plp.mandates.queries import held_mandates, mandates_in_force
from plp.mandates.rota_patterns import DAY, Hours, days_between, hours_of_day, unmanned_hours
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local

POLICE_ON_CALL = (Role.OFFICER, Role.DEPUTY_OFFICER, Role.SUPERVISOR)
QUARTER_ON_CALL = (Role.COORDINATOR, Role.DEPUTY)
MOMENT = timedelta(seconds=1)  # hours that end at midnight belong to the day before
KINDS = (Area.Kind.ZONE, Area.Kind.QUARTER)  # of areas that may have a rota


def mandates_that_can_be_on_call(area: Area, *, at: datetime) -> QuerySet[Mandate]:
    """The mandates whose holders can be on call: in a zone the police in it, in a quarter coordinator, deputy and
    committee members who relay messages.
    """
    if area.kind == Area.Kind.ZONE:
        return mandates_in_force(at).filter(role__in=POLICE_ON_CALL, area__path__startswith=area.path)
    delegated = Delegation.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), task=Task.MESSAGES, starts_at__lte=at
    ).values("mandate")
    return mandates_in_force(at).filter(Q(role__in=QUARTER_ON_CALL) | Q(pk__in=delegated), area=area)


def people_who_can_be_on_call(area: Area, *, at: datetime) -> list[Person]:
    """Who can be on call in ``area``, by name."""
    people = Person.objects.filter(pk__in=mandates_that_can_be_on_call(area, at=at).values("person"))
    return sorted(people, key=lambda person: (person.name.casefold(), str(person.pk)))


def rota_areas(person: Person, *, at: datetime) -> list[Area]:
    """The zones and quarters whose rota ``person`` makes or can stand on, by mandates over exactly these."""
    areas = {
        held.mandate.area.path: held.mandate.area
        for held in held_mandates(person, at=at)
        if held.mandate.area.kind in KINDS
        and (Permission.ROTA_MAKE in held.carries or held.mandate.role in (*POLICE_ON_CALL, *QUARTER_ON_CALL))
    }
    on_call = Area.objects.filter(rota__shifts__person=person, rota__shifts__ends_at__gt=at).distinct()
    areas |= {area.path: area for area in on_call}
    return [areas[path] for path in sorted(areas)]


def rota_of(area: Area) -> Rota | None:
    """The rota of an area, if somebody made one."""
    return Rota.objects.select_related("area").filter(area=area).first()


def _paths_of_area_and_ancestors(path: str) -> list[str]:
    return [path[: end + 1] for end, sign in enumerate(path) if sign == "/"]


def current_shifts_of_area_and_ancestors(area: Area, *, at: datetime) -> QuerySet[Shift]:
    """The shifts that last at ``at`` in the rotas of ``area`` and around it."""
    return Shift.objects.filter(
        rota__area__path__in=_paths_of_area_and_ancestors(area.path), starts_at__lte=at, ends_at__gt=at
    )


def on_call_persons_else_all(persons: QuerySet[Person], area: Area, *, at: datetime) -> QuerySet[Person]:
    """Those of ``persons`` who are on call in ``area``; all of them where none is. One query."""
    on_call = list(
        current_shifts_of_area_and_ancestors(area, at=at)
        .filter(person__in=persons.values("pk"))
        .values_list("person", flat=True)
    )
    return persons.filter(pk__in=on_call) if on_call else persons


def next_person_on_call(rota: Rota, *, without: Sequence[UUID], at: datetime) -> UUID | None:
    """Who has the next hours after those of ``without`` and is still of the desk; else the first other one there."""
    able = [person.pk for person in people_who_can_be_on_call(rota.area, at=at) if person.pk not in without]
    coming = rota.shifts.filter(ends_at__gt=at, person__in=able).order_by("starts_at")
    return coming.values_list("person", flat=True).first() or next(iter(able), None)


def current_and_future_shifts(rota: Rota, *, at: datetime) -> QuerySet[Shift]:
    """The shifts that last or are to come, the next first."""
    shifts = rota.shifts.filter(ends_at__gt=at).select_related("person", "instead_of", "offered_to")
    return shifts.order_by("starts_at")


def shifts_of(person: Person, *, since: datetime) -> QuerySet[Shift]:
    """The shifts of ``person`` that end after ``since``, the next first."""
    shifts = Shift.objects.filter(person=person, ends_at__gt=since)
    return shifts.select_related("rota__area").order_by("starts_at")


def shifts_offered_to(person: Person, *, at: datetime) -> QuerySet[Shift]:
    """The shifts that somebody asked ``person`` to take over."""
    shifts = Shift.objects.filter(offered_to=person, ends_at__gt=at)
    return shifts.select_related("rota__area", "person", "in_return").order_by("starts_at")


def hours_of_next_week_by_person(area: Area, *, at: datetime) -> dict[UUID, list[Hours]]:
    """Who is on call when in the next seven days, in the rotas of ``area`` and around it; hours that follow are one."""
    shifts = Shift.objects.filter(
        rota__area__path__in=_paths_of_area_and_ancestors(area.path),
        person__isnull=False,
        ends_at__gt=at,
        starts_at__lt=at + 7 * DAY,
    )
    hours: dict[UUID, list[Hours]] = {}
    for person, starts_at, ends_at in shifts.order_by("starts_at").values_list("person", "starts_at", "ends_at"):
        spans = hours.setdefault(person, [])
        if spans and spans[-1][1] == starts_at:
            spans[-1] = (spans[-1][0], ends_at)
        else:
            spans.append((starts_at, ends_at))
    return hours


def unmanned_hours_of_rota(rota: Rota, *, first: date, last: date, at: datetime) -> list[Hours]:
    """The hours between two days that nobody has: none was entered, or whoever has them is away or out of office.

    Hours that are left to the whole desk on purpose are none. From the first hours that were entered until the last
    ones, and a day more.
    """
    shifts = list(rota.shifts.filter(ends_at__gt=at).order_by("starts_at"))
    if not shifts:
        return []
    horizon = local(max(shift.ends_at for shift in shifts) - MOMENT).date() + DAY
    began = local(rota.shifts.order_by("starts_at").values_list("starts_at", flat=True)[0]).date()
    days = days_between(max(first - DAY, began), min(last, horizon))
    wanted = [hours_of_day(day, rota.day_starts, rota.day_ends) for day in days]
    able = {person.pk for person in people_who_can_be_on_call(rota.area, at=at)}
    manned = [
        (shift.starts_at, shift.ends_at) for shift in shifts if shift.person_id is None or shift.person_id in able
    ]
    absences = list(Absence.objects.filter(mandate__area=rota.area, ends_at__gt=at).select_related("mandate"))
    missing = unmanned_hours(wanted, manned) + [
        (max(shift.starts_at, away.starts_at), min(shift.ends_at, away.ends_at))
        for shift in shifts
        for away in absences
        if shift.person_id == away.mandate.person_id
        and away.starts_at < shift.ends_at
        and away.ends_at > shift.starts_at
    ]
    begins, ends = (
        hours_of_day(first, rota.day_starts, rota.day_starts)[0],
        hours_of_day(last, rota.day_starts, rota.day_ends)[1],
    )
    return sorted((max(start, at), end) for start, end in missing if end > max(at, begins) and start < ends)


def paths_of_quarters_acted_in_for(person: Person) -> list[str]:
    """The paths of the quarters in which somebody may have acted for ``person``: those of their offices, and all of a
    zone where others had hours of theirs. One query, one more for each such zone.
    """
    own = Q(mandates__person=person, kind=Area.Kind.QUARTER)
    rows = Area.objects.filter(own | Q(rota__shifts__instead_of=person)).distinct().values_list("path", "kind")
    paths = {path for path, kind in rows if kind == Area.Kind.QUARTER}
    zones = [path for path, kind in rows if kind == Area.Kind.ZONE]
    return sorted(
        paths.union(*(Area.objects.standing_quarters().inside(zone).values_list("path", flat=True) for zone in zones))
    )
