"""Questions about rights. Answered at each request from the mandates and the clock (T11).

Nothing outlives a request: ``mandates_cached`` keeps what somebody holds, and where, while one page is drawn, at
one moment.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import COVERING, GRANTS, TASKS, Permission, Role, Task, roles_with, tasks_with
from plp.mandates.models import Absence, Delegation, Mandate, Shift, Standin, Suspension
from plp.mandates.principals import set_acting_principal
from plp.mandates.rules import APPOINTED_WITH
from plp.mandates.scopes import AreaScope, area_scope_of_mandates
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.moves import Refused


class NotAllowed(Refused):
    """The person holds no mandate that carries this permission over this area."""

    sentence = _("Your role does not include this. If you think it should, ask the chief of corps of your zone.")


def mandates_in_force(at: datetime) -> QuerySet[Mandate]:
    """The mandates in force at ``at``: begun, not ended, and not suspended by a measure (R99, R100)."""
    suspended = Suspension.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), mandate=OuterRef("pk"), starts_at__lte=at
    )
    return Mandate.objects.filter(~Exists(suspended), Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)


def _condition_holding_coordinator_tasks(at: datetime) -> Q:
    """Whether a deputy's mandate holds the coordinator's tasks at ``at``: for an absence, over a message that was not
    opened in time (R38, R39), while they are on call (ADR 74), or while the quarter has no coordinator (R152).

    An absence counts while the absent mandate holds.
    """
    now = Q(starts_at__lte=at)
    absences = Absence.objects.filter(
        now, ends_at__gt=at, deputy=OuterRef("pk"), mandate__in=mandates_in_force(at).values("pk")
    )
    standins = Standin.objects.filter(now, Q(ends_at=None) | Q(ends_at__gt=at), deputy=OuterRef("pk"))
    shifts = Shift.objects.filter(now, ends_at__gt=at, person=OuterRef("person"), rota__area=OuterRef("area"))
    coordinators = mandates_in_force(at).filter(role=Role.COORDINATOR, area=OuterRef("area"))
    return Q(Exists(absences)) | Q(Exists(standins)) | Q(Exists(shifts)) | ~Q(Exists(coordinators))


def _delegations_in_force(at: datetime) -> QuerySet[Delegation]:
    """The tasks that are delegated at ``at``."""
    return Delegation.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)


def _condition_carrying_permission(permission: Permission, at: datetime) -> Q:
    """Which mandates carry ``permission``: by their role, by an absence they cover, by a task they were given."""
    carries = Q(role__in=roles_with(permission))
    if permission in COVERING:
        carries |= _condition_holding_coordinator_tasks(at) & Q(role=Role.DEPUTY)
    tasks = tasks_with(permission)
    if tasks:
        delegations = _delegations_in_force(at).filter(mandate=OuterRef("pk"), task__in=tasks)
        carries |= Q(Exists(delegations), role=Role.COMMITTEE)
    return carries


def mandates_with(person: Person, permission: Permission, *, at: datetime) -> QuerySet[Mandate]:
    """The mandates of ``person`` that carry ``permission`` at ``at``, wherever they hold."""
    return mandates_in_force(at).filter(_condition_carrying_permission(permission, at), person=person)


def may(person: Person | None, permission: Permission, area: Area, *, at: datetime) -> bool:
    """Whether ``person`` holds ``permission`` over ``area`` at ``at``: as many queries as ``held_mandates``."""
    if person is None:
        return False
    granting = _mandates_granting(person, [permission], at)
    over_area = [mandate for mandate in granting if area.path.startswith(mandate.area.path)]
    set_acting_principal(person, permission, over_area, area, at=at)
    return bool(over_area)


def require(person: Person | None, permission: Permission, area: Area, *, at: datetime) -> None:
    """Raise ``NotAllowed`` unless ``may`` says yes."""
    if not may(person, permission, area, at=at):
        raise NotAllowed


def require_unless_machine(person: Person | None, permission: Permission, area: Area, *, at: datetime) -> None:
    """As ``require``, but the machine (``None``) may act: by its clock, an import or the operator's command."""
    if person is not None:
        require(person, permission, area, at=at)


@dataclass(frozen=True)
class HeldMandate:
    """A mandate in force with its area, and what it carries now."""

    mandate: Mandate
    carries: frozenset[Permission]


@dataclass(frozen=True)
class _MandateCache:
    """What was asked for while a page is drawn."""

    held: dict[tuple[UUID, datetime], list[HeldMandate]] = field(default_factory=dict)
    areas: dict[tuple[UUID, ...], AreaScope] = field(default_factory=dict)  # by the mandates over them


_CACHE: ContextVar[_MandateCache | None] = ContextVar("read", default=None)


@contextmanager
def mandates_cached() -> Iterator[None]:
    """While only reading is done: what somebody holds is asked for once, not in each of some forty lists."""
    token = _CACHE.set(_CACHE.get() or _MandateCache())
    try:
        yield
    finally:
        _CACHE.reset(token)


def held_mandates(person: Person, *, at: datetime) -> list[HeldMandate]:
    """What ``person`` holds at ``at``, by area and role: as ``_condition_carrying_permission``, for every permission.

    One query, two for a deputy and for a committee; none the second time while a page is drawn.
    """
    read = _CACHE.get()
    if read is None:
        return _load_held_mandates(person, at)
    if (person.pk, at) not in read.held:
        read.held[person.pk, at] = _load_held_mandates(person, at)
    return read.held[person.pk, at]


def _is_lasting(starts_at: datetime, ends_at: datetime | None, at: datetime) -> bool:
    return starts_at <= at and (ends_at is None or ends_at > at)


def _mandates_with_suspensions(person: UUID) -> QuerySet[Any]:
    """Every mandate that somebody ever held with its area, and how the partnership there stands; once for each
    suspension.
    """
    rows = Mandate.objects.filter(person=person).select_related("area")
    return rows.annotate(
        suspended_from=F("suspensions__starts_at"),
        suspended_until=F("suspensions__ends_at"),
        partnership_state=F("area__partnership__state"),
    )


def _mandates_in_force(person: Person, at: datetime) -> list[Mandate]:
    """The mandates of ``person`` in force at ``at``, by area and role: ``mandates_in_force`` without a subquery.

    Every signed-in request asks: to put the subquery together took longer than all the rest.
    """
    rows = list(_mandates_with_suspensions(person.pk))
    suspended = {
        row.pk for row in rows if row.suspended_from and _is_lasting(row.suspended_from, row.suspended_until, at)
    }
    in_force_by_key = {
        row.pk: row for row in rows if row.pk not in suspended and _is_lasting(row.starts_at, row.ends_at, at)
    }
    return sorted(in_force_by_key.values(), key=lambda mandate: (mandate.area.path, mandate.role))


def _load_held_mandates(person: Person, at: datetime) -> list[HeldMandate]:
    mandates = _mandates_in_force(person, at)
    roles, covering, delegated = (
        {own_mandate.role for own_mandate in mandates},
        set[UUID](),
        dict[UUID, frozenset[Permission]](),
    )
    if Role.DEPUTY in roles:
        covering = set(
            mandates_in_force(at)
            .filter(_condition_holding_coordinator_tasks(at), person=person, role=Role.DEPUTY)
            .values_list("pk", flat=True)
        )
    if Role.COMMITTEE in roles:
        own = _delegations_in_force(at).filter(mandate__person=person, mandate__role=Role.COMMITTEE)
        for mandate, task in own.values_list("mandate", "task"):
            delegated[mandate] = delegated.get(mandate, frozenset()) | TASKS[Task(task)]
    return [
        HeldMandate(
            own_mandate,
            GRANTS[Role(own_mandate.role)]
            | (COVERING if own_mandate.pk in covering else set())
            | delegated.get(own_mandate.pk, set()),
        )
        for own_mandate in mandates
    ]


def holds_any_permission(person: Person | None, *permissions: Permission, at: datetime) -> bool:
    """Whether ``person`` holds one of ``permissions`` anywhere at ``at``: no need to look for what waits, if not."""
    return person is not None and any(holding.carries & set(permissions) for holding in held_mandates(person, at=at))


def _mandates_granting(person: Person, permissions: Collection[Permission], at: datetime) -> list[Mandate]:
    """The mandates of ``person`` that carry one of ``permissions``."""
    return [holding.mandate for holding in held_mandates(person, at=at) if holding.carries & set(permissions)]


def permitted_areas(person: Person | None, *permissions: Permission, at: datetime) -> AreaScope:
    """The areas over which ``person`` holds one of ``permissions`` at ``at``: the scope of lists and look-ups (T10)."""
    if person is None:
        return area_scope_of_mandates([])
    carrying_one = _mandates_granting(person, permissions, at)
    read = _CACHE.get()
    if read is None:
        return area_scope_of_mandates(carrying_one)
    keys = tuple(mandate.pk for mandate in carrying_one)
    if keys not in read.areas:
        read.areas[keys] = area_scope_of_mandates(carrying_one)
    return read.areas[keys]


def _boolean_case(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def mandates_of(person: Person, *, at: datetime) -> list[Mandate]:
    """The mandates of ``person`` in force at ``at`` with their areas, for the start page."""
    return [holding.mandate for holding in held_mandates(person, at=at)]


def permissions_of(person: Person, *, at: datetime) -> set[Permission]:
    """Everything ``person`` may do somewhere at ``at``: what the menu offers."""
    return {right for holding in held_mandates(person, at=at) for right in holding.carries}


def permission_holders(
    permission: Permission, area: Area, *, at: datetime, roles: Collection[str] | None = None
) -> QuerySet[Person]:
    """The persons who hold ``permission`` over ``area`` at ``at``; with ``roles``, by a mandate in one of them."""
    beginnings = [area.path[: end + 1] for end, sign in enumerate(area.path) if sign == "/"]
    rights = mandates_in_force(at).filter(_condition_carrying_permission(permission, at), area__path__in=beginnings)
    if roles is not None:
        rights = rights.filter(role__in=roles)
    return Person.objects.filter(pk__in=rights.values("person"))


def mandates_marked_by_permission(area: Area, permission: Permission, *, at: datetime) -> QuerySet[Mandate]:
    """The mandates in force at ``at`` over ``area`` and around it, with their persons and areas.

    ``carries`` says whether it carries ``permission`` now, ``is_away`` whether its holder noted an absence that lasts.
    """
    beginnings = [area.path[: end + 1] for end, sign in enumerate(area.path) if sign == "/"]
    away = Absence.objects.filter(mandate=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at)
    mandates = mandates_in_force(at).filter(area__path__in=beginnings)
    mandates = mandates.annotate(
        carries=_boolean_case(_condition_carrying_permission(permission, at)), is_away=Exists(away)
    )
    return mandates.select_related("person", "area").order_by("starts_at", "pk")


def mandates_of_exact_area(area: Area, *, at: datetime) -> QuerySet[Mandate]:
    """The mandates in force over exactly this area, with their persons, role by role and the oldest first."""
    return mandates_in_force(at).filter(area=area).select_related("person").order_by("role", "starts_at")


def has_coordinator(area: Area, *, at: datetime) -> bool:
    """Whether anybody coordinates exactly this area."""
    return mandates_of_exact_area(area, at=at).filter(role=Role.COORDINATOR).exists()


def mandates_managed_by(person: Person, permission: Permission, *, at: datetime) -> QuerySet[Mandate]:
    """The mandates in force that ``person`` may give and end with ``permission``: the chief of corps those of the
    police of the zone, the officer those of the quarters. Area by area, the oldest first.
    """
    roles = [role for role, needed in APPOINTED_WITH.items() if needed == permission]
    mandates = mandates_in_force(at).filter(role__in=roles, area__in=permitted_areas(person, permission, at=at))
    return mandates.select_related("person", "area").order_by("area__path", "role", "starts_at")


def delegations_in_area(area: Area, *, at: datetime) -> QuerySet[Delegation]:
    """The tasks that committee members of ``area`` hold at ``at`` (R37)."""
    delegations = _delegations_in_force(at).filter(
        mandate__in=mandates_in_force(at).filter(area=area, role=Role.COMMITTEE).values("pk")
    )
    return delegations.select_related("mandate__area", "mandate__person").order_by("task", "starts_at")


def deputies_of_coordinator(person: Person, *, at: datetime) -> QuerySet[Mandate]:
    """The deputies in office in the quarters that ``person`` coordinates: whom one can leave one's tasks to (R38)."""
    own = [mandate.area_id for mandate in mandates_of(person, at=at) if mandate.role == Role.COORDINATOR]
    deputies = mandates_in_force(at).filter(role=Role.DEPUTY, area__in=own)
    return deputies.select_related("person", "area").order_by("area__path", "starts_at")


def current_and_future_absences_of(person: Person, *, at: datetime) -> QuerySet[Absence]:
    """The absences of ``person`` that last or are to come: shown to themselves (T14)."""
    mine = Absence.objects.filter(mandate__person=person, ends_at__gt=at)
    return mine.select_related("mandate__area", "mandate__person", "deputy__person").order_by("starts_at")


def absences_covered_by(person: Person, *, at: datetime) -> QuerySet[Absence]:
    """The absences for which ``person`` is the deputy, now or to come: shown to the two of them alone (T14)."""
    own = Absence.objects.filter(deputy__person=person, ends_at__gt=at, mandate__in=mandates_in_force(at).values("pk"))
    return own.select_related("mandate__area", "mandate__person").order_by("starts_at")
