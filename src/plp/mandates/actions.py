"""Writes about mandates: appoint, end, leave for a while, return, delegate a task, take it back."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.mandates.absences import ask_deputy_by_letter, notify_deputy_of_absence_end
from plp.mandates.grants import Permission, Role, Task
from plp.mandates.models import Absence, Delegation, Mandate, Standin, Suspension
from plp.mandates.queries import NotAllowed, mandates_in_force, require, require_unless_machine
from plp.mandates.rules import (
    APPOINTED_WITH,
    AREAS,
    KEPT_WITH,
    NEEDS_SCREENING,
    last_day_of_council,
    midnight_after,
)
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused, WrongState

MOST_NOTICE = timedelta(days=366)
OF_A_QUARTER = (Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE)


class WrongArea(Refused):
    """This role is not held over this kind of area."""

    sentence = _("This role cannot be held over this kind of area.")


class NotScreened(Refused):
    """A coordinator or deputy needs a favourable police screening, with its date (R36)."""

    sentence = _("A coordinator needs a favourable screening by the police first. Enter its date and outcome.")


class AlreadyHeld(Refused):
    """The person already holds this role here."""

    sentence = _("This person already holds this role here.")


class BadAbsence(Refused):
    """One leaves one's own tasks to a deputy of the same quarter who is in office."""

    sentence = _("Choose a deputy of your own neighbourhood.")
    field = "deputy"


class BadLastDayAway(Refused):
    """An absence ends after it began, later than now, and within a year."""

    sentence = _("The last day is before the first one, in the past, or more than a year away.")
    field = "ends_on"


class AbsenceOverlaps(Refused):
    """One is away once at a time: the deputy would be asked twice for the same days."""

    sentence = _("You noted an absence for some of these days already. Take it back first, or choose other days.")
    field = "starts_on"


class BadLastDay(Refused):
    """Somebody who resigns stays until today at least, and a year at most."""

    sentence = _("Choose a last day from today on, at most a year ahead.")


class NotInCommittee(Refused):
    """A task of the coordinator is given to somebody who is in the committee now, and once (R37)."""

    sentence = _(
        "A task is given to a member of the committee who does not have it yet. Reload the page and choose again."
    )


@transaction.atomic
def appoint(
    *,
    person: Person,
    role: Role,
    area: Area,
    decision: str,
    by: Person | None,
    at: datetime,
    screened_on: date | None = None,
    screened_fit: bool | None = None,
) -> Mandate:
    """Give ``person`` a role over ``area`` from ``at`` on. ``decision`` names the act behind it (R53).

    ``by`` is ``None`` only for the machine's operator, who sets up chiefs, municipalities and administrators. A
    municipality holds its role until the end of its council, everybody else until nobody confirms it (ADR 68).
    Raises ``NotAllowed``, ``WrongArea``, ``NotScreened`` (R36) or ``AlreadyHeld``.
    """
    needed = APPOINTED_WITH[role]
    if by is not None:
        if needed is None:
            raise NotAllowed
        require(by, needed, area, at=at)
    if area.kind not in AREAS[role]:
        raise WrongArea
    if role in NEEDS_SCREENING and not (screened_fit and screened_on):
        raise NotScreened
    held = Mandate.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), person=person, role=role, area=area)
    if held.exists():  # also one that a measure suspends
        raise AlreadyHeld
    mandate = Mandate.objects.create(
        person=person,
        role=role,
        area=area,
        starts_at=at,
        ends_at=midnight_after(last_day_of_council(local(at).date())) if role == Role.MUNICIPALITY else None,
        decided_by=by,
        decision=decision,
        screened_on=screened_on,
        screened_fit=screened_fit,
    )
    note(verb="mandate.appointed", by=by, at=at, area=area.path, target=mandate, role=role, person=str(person.pk))
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, by: Person | None, at: datetime) -> None:
    """End a mandate at ``at``; its rights are gone with the next request (T6, T11). Raises ``NotAllowed``."""
    if by is not None and by != mandate.person:
        require(by, KEPT_WITH[Role(mandate.role)], mandate.area, at=at)
    Mandate.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), pk=mandate.pk).update(ends_at=at)
    mandate.ends_at = at
    note(verb="mandate.ended", by=by, at=at, area=mandate.area.path, target=mandate, role=mandate.role)


@transaction.atomic
def resign_mandate(*, mandate: Mandate, last_day: date, by: Person, at: datetime) -> None:
    """Lay one's own mandate down: it ends with ``last_day`` on the Belgian clock (R152).

    Until then everything stays as it is; after that the deputies hold the coordinator's tasks until the next one is
    appointed. Raises ``NotAllowed`` for somebody else's, ``BadLastDay``, or ``WrongState`` when it has ended.
    """
    if mandate.person_id != by.pk:
        raise NotAllowed
    today = local(at).date()
    if not today <= last_day <= today + MOST_NOTICE:
        raise BadLastDay
    ends_at = midnight_after(last_day)
    going_on = Mandate.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), pk=mandate.pk)
    if not going_on.update(ends_at=ends_at):
        raise WrongState
    mandate.ends_at = ends_at
    note(verb="mandate.resigned", by=by, at=at, area=mandate.area.path, target=mandate, last_day=str(last_day))


@transaction.atomic
def suspend_mandates(*, person: Person, area: Area, matter: UUID, by: Person | None, at: datetime) -> int:
    """Let what ``person`` holds over exactly this quarter carry nothing from ``at`` on; answer how many mandates.

    For the room of measures, which asked who may, so ``by`` is ``None``; a second call for the same matter changes
    nothing (R99, R100). Raises ``NotAllowed`` for a person.
    """
    if by is not None:
        raise NotAllowed
    held = Mandate.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), person=person, area=area, role__in=OF_A_QUARTER)
    count = 0
    for mandate in held.exclude(suspensions__matter=matter, suspensions__ends_at=None):
        Suspension.objects.create(mandate=mandate, matter=matter, starts_at=at)
        note(verb="mandate.suspended", by=by, at=at, area=area.path, target=mandate)
        count += 1
    return count


@transaction.atomic
def reinstate_mandates(*, matter: UUID, by: Person | None, at: datetime) -> int:
    """End what ``suspend_mandates`` began for ``matter``: rights are back with the next request. Answer how many.

    Raises ``NotAllowed`` for a person.
    """
    if by is not None:
        raise NotAllowed
    open_ones = list(Suspension.objects.filter(matter=matter, ends_at=None).select_related("mandate__area"))
    for suspension in open_ones:
        Suspension.objects.filter(pk=suspension.pk, ends_at=None).update(ends_at=at)
        note(verb="mandate.reinstated", by=by, at=at, area=suspension.mandate.area.path, target=suspension.mandate)
    return len(open_ones)


@transaction.atomic
def record_absence_and_ask_deputy(
    *, mandate: Mandate, deputy: Mandate, starts_at: datetime, ends_at: datetime, by: Person, at: datetime
) -> Absence:
    """Leave one's own tasks to ``deputy`` from ``starts_at`` until ``ends_at`` (R38), who is asked by letter.

    Raises ``BadAbsence``, ``BadLastDayAway`` or ``AbsenceOverlaps``.
    """
    require(by, Permission.ABSENCE_NOTE, mandate.area, at=at)
    fits = (
        deputy.role == Role.DEPUTY
        and deputy.area_id == mandate.area_id
        and mandates_in_force(at).filter(pk=deputy.pk).exists()
    )
    if mandate.person_id != by.pk or not fits:
        raise BadAbsence
    if not max(starts_at, at) < ends_at <= at + MOST_NOTICE:
        raise BadLastDayAway
    Mandate.objects.select_for_update().get(pk=mandate.pk)  # two clicks at once come one after the other
    if Absence.objects.filter(mandate=mandate, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise AbsenceOverlaps
    absence = Absence.objects.create(mandate=mandate, deputy=deputy, starts_at=starts_at, ends_at=ends_at)
    note(verb="mandate.absence_noted", by=by, at=at, area=mandate.area.path, target=absence)
    ask_deputy_by_letter(absence, by=by, at=at)
    return absence


@transaction.atomic
def end_absence_and_notify_deputy(*, absence: Absence, by: Person, at: datetime) -> None:
    """Come back early: the absence ends now, or never happened if it had not begun."""
    if absence.mandate.person_id != by.pk:
        raise NotAllowed
    if absence.starts_at >= at:
        absence.delete()
    else:
        Absence.objects.filter(pk=absence.pk, ends_at__gt=at).update(ends_at=at)
    note(verb="mandate.absence_ended", by=by, at=at, area=absence.mandate.area.path, target=absence.mandate)
    notify_deputy_of_absence_end(absence, by=by, at=at)


@transaction.atomic
def begin_standin(*, deputy: Mandate, matter: UUID, by: Person | None, at: datetime) -> Standin:
    """Give a deputy the coordinator's tasks until ``matter`` is done (R39): the machine's act, so ``by`` is ``None``.

    A second call for the same matter changes nothing. Raises ``NotAllowed`` for a person, or for a mandate that is not
    that of a deputy in office.
    """
    if by is not None or not mandates_in_force(at).filter(pk=deputy.pk, role=Role.DEPUTY).exists():
        raise NotAllowed
    standin, is_new = Standin.objects.get_or_create(
        deputy=deputy, matter=matter, ends_at=None, defaults={"starts_at": at}
    )
    if is_new:
        note(verb="mandate.standin_begun", by=by, at=at, area=deputy.area.path, target=standin)
    return standin


@transaction.atomic
def end_standins(*, matter: UUID, by: Person | None, at: datetime) -> int:
    """End what ``begin_standin`` began for ``matter``; answer how many. Raises ``NotAllowed`` for a person."""
    if by is not None:
        raise NotAllowed
    open_ones = list(Standin.objects.filter(matter=matter, ends_at=None).select_related("deputy__area"))
    for standin in open_ones:
        Standin.objects.filter(pk=standin.pk, ends_at=None).update(ends_at=at)
        note(verb="mandate.standin_ended", by=by, at=at, area=standin.deputy.area.path, target=standin)
    return len(open_ones)


@transaction.atomic
def cancel_future_absences_and_end_standins(*, area: Area, by: Person | None, at: datetime) -> int:
    """Take back the absences to come and end the stand-ins of a quarter whose partnership has ended; answers how many.

    An absence that lasts goes on to its last day: somebody sees to the letters of the end (R148).
    Raises ``NotAllowed``.
    """
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, area, at=at)
    absences = list(Absence.objects.filter(mandate__area=area, starts_at__gt=at).select_related("mandate"))
    for absence in absences:
        note(verb="mandate.absence_ended", by=by, at=at, area=area.path, target=absence.mandate)
        absence.delete()
    matters = set(Standin.objects.filter(deputy__area=area, ends_at=None).values_list("matter", flat=True))
    return len(absences) + sum(end_standins(matter=matter, by=None, at=at) for matter in matters)


@transaction.atomic
def delegate_task(*, mandate: Mandate, task: Task, by: Person, at: datetime) -> Delegation:
    """Give a committee member one task of the coordinator, with its rights and no other (R37).

    Raises ``NotAllowed``, or ``NotInCommittee`` for a mandate of another role, an ended one, or a task given already.
    """
    require(by, Permission.TASK_DELEGATE, mandate.area, at=at)
    is_in_office = mandates_in_force(at).filter(pk=mandate.pk, role=Role.COMMITTEE).exists()
    if not is_in_office or Delegation.objects.filter(mandate=mandate, task=task, ends_at=None).exists():
        raise NotInCommittee
    delegation = Delegation.objects.create(mandate=mandate, task=task, starts_at=at, delegated_by=by)
    note(verb="task.delegated", by=by, at=at, area=mandate.area.path, target=mandate, task=task)
    return delegation


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Person, at: datetime) -> None:
    """End a delegated task: by the coordinator, or by who holds it. Its rights are gone with the next request (T11)."""
    mandate = delegation.mandate
    if mandate.person_id != by.pk:
        require(by, Permission.TASK_DELEGATE, mandate.area, at=at)
    if Delegation.objects.filter(pk=delegation.pk, ends_at=None).update(ends_at=at):
        note(verb="task.taken_back", by=by, at=at, area=mandate.area.path, target=mandate, task=delegation.task)
