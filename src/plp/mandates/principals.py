"""For whom a deputy acts, and whoever is on call for another: looked up when their act is noted (ADR 74)."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Q

from plp.journal.principals import Acting, set_who_acts_for_whom
from plp.mandates.grants import GRANTS, Permission, Role
from plp.mandates.models import Absence, Mandate, Shift
from plp.people.models import Person
from plp.places.models import Area

PRESSING = frozenset(  # what whoever is on call sees to
    {
        Permission.NOTICE_RELAY,
        Permission.NOTICE_RELEASE,
        Permission.QUESTION_COORDINATOR,
        Permission.QUESTION_POLICE,
        Permission.SIGHTING_HANDLE,
    }
)


def set_acting_principal(
    person: Person, permission: Permission, mandates: Sequence[Mandate], area: Area, *, at: datetime
) -> None:
    """Say by which of ``mandates`` somebody uses a right. By a role of their own they act for themselves, but for hours
    on call that they took over.
    """
    own = [mandate for mandate in mandates if permission in GRANTS[Role(mandate.role)]]
    deputies = [mandate for mandate in mandates if mandate.role == Role.DEPUTY]
    acting = None
    if deputies and not own:
        acting = Acting(person.pk, at, partial(_person_acted_for, deputies[0], at))
    elif mandates and permission in PRESSING:
        acting = Acting(person.pk, at, partial(person_whose_shift_was_taken, person, area, at=at))
    set_who_acts_for_whom(acting)


def _person_acted_for(deputy: Mandate, at: datetime) -> UUID | None:
    """Whose tasks a deputy does: of who is absent, whose hours they took, else of the coordinator in office."""
    absences = Absence.objects.filter(deputy=deputy, starts_at__lte=at, ends_at__gt=at)
    absent = absences.values_list("mandate__person", flat=True).first()
    return (
        absent
        or person_whose_shift_was_taken(deputy.person, deputy.area, at=at)
        or _coordinator_in_office(deputy.area, at)
    )


def _coordinator_in_office(area: Area, at: datetime) -> UUID | None:
    lasting = Q(ends_at=None) | Q(ends_at__gt=at)
    mandates = Mandate.objects.filter(lasting, role=Role.COORDINATOR, area=area, starts_at__lte=at)
    return mandates.order_by("starts_at").values_list("person", flat=True).first()


def person_whose_shift_was_taken(person: Person, area: Area, *, at: datetime) -> UUID | None:
    """Whose hours on call ``person`` has now in ``area``: they took them over."""
    around = [area.path[: end + 1] for end, sign in enumerate(area.path) if sign == "/"]
    shifts = Shift.objects.filter(rota__area__path__in=around, person=person, starts_at__lte=at, ends_at__gt=at)
    return shifts.values_list("instead_of", flat=True).first()
