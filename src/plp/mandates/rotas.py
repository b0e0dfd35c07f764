"""A rota is made, hours on call are given away, swapped and handed over (ADR 74)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.models import Rota, Shift
from plp.mandates.queries import NotAllowed, may, require, require_unless_machine
from plp.mandates.rota_letters import send_handover_letter, send_rota_letters, send_shift_offer, send_takeover_answer
from plp.mandates.rota_patterns import LONGEST, Hours, PlannedShift, WeekPattern, planned_shifts, subtract_hours
from plp.mandates.rota_queries import KINDS, people_who_can_be_on_call
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.moves import Refused, WrongState


class BadRotaDays(Refused):
    """A pattern runs from a day to a later one, a year ahead at most."""

    sentence = _("Choose a last day after the first one, at most a year later, and not in the past.")
    field = "last"


class EmptyPattern(Refused):
    """A pattern names somebody on some day."""

    sentence = _("Choose who is on call on at least one day.")
    field = "day_0"


class NotOnDesk(Refused):
    """Only somebody of the same desk can be on call."""

    sentence = _("Choose somebody who works at the same desk. Reload the page to see who that is.")
    field = "to"


@transaction.atomic
def save_rota_shifts_and_notify(
    *, area: Area, pattern: WeekPattern, answer_minutes: int, by: Person, at: datetime
) -> Rota:
    """Enter the shifts of a week pattern; hours that it names replace what stood there, all others stay.

    Each person on it is told once. Raises ``NotAllowed``, ``BadRotaDays``, ``EmptyPattern`` or ``NotOnDesk``.
    """
    require(by, Permission.ROTA_MAKE, area, at=at)
    if area.kind not in KINDS:
        raise NotAllowed
    if pattern.last < pattern.first or pattern.last - pattern.first > LONGEST:
        raise BadRotaDays
    planned = planned_shifts(pattern, at=at)
    if not planned:
        raise EmptyPattern if pattern.last >= at.date() else BadRotaDays
    people = {person.pk: person for person in people_who_can_be_on_call(area, at=at)}
    if any(shift.person not in people for shift in planned if shift.person):
        raise NotOnDesk
    hours = {"day_starts": pattern.day_starts, "day_ends": pattern.day_ends}
    values = {**hours, "answer_minutes": answer_minutes, "made_by": by}
    rota, _is_new = Rota.objects.update_or_create(area=area, defaults=values)
    _replace_shifts(rota, planned)
    note(verb="rota.made", by=by, at=at, area=area.path, target=rota, shifts=len(planned))
    named = {shift.person for shift in planned if shift.person} - {by.pk}
    send_rota_letters(rota, [people[key] for key in named], pattern, by=by, at=at)
    return rota


def _replace_shifts(rota: Rota, planned: list[PlannedShift]) -> None:
    """Put ``planned`` in the place of whatever stands at these hours; of longer shifts the rest stays."""
    taken: list[Hours] = [(shift.starts_at, shift.ends_at) for shift in planned]
    overlapping = rota.shifts.select_for_update(of=("self",)).filter(
        starts_at__lt=max(end for _start, end in taken), ends_at__gt=min(start for start, _end in taken)
    )
    remaining: list[Shift] = []
    for shift in overlapping:
        for starts_at, ends_at in subtract_hours((shift.starts_at, shift.ends_at), taken):
            remaining.append(
                Shift(
                    rota=rota,
                    person_id=shift.person_id,
                    instead_of_id=shift.instead_of_id,
                    starts_at=starts_at,
                    ends_at=ends_at,
                )
            )
    Shift.objects.filter(pk__in=[shift.pk for shift in overlapping]).delete()
    fresh = [
        Shift(rota=rota, person_id=shift.person, starts_at=shift.starts_at, ends_at=shift.ends_at) for shift in planned
    ]
    Shift.objects.bulk_create([*remaining, *fresh])


@transaction.atomic
def delete_rota(*, rota: Rota, by: Person | None, at: datetime) -> None:
    """Do away with a rota: from now on everything goes to the whole desk, as without one. Raises ``NotAllowed``."""
    require_unless_machine(by, Permission.ROTA_MAKE, rota.area, at=at)
    note(verb="rota.ended", by=by, at=at, area=rota.area.path, target=rota)
    rota.delete()


@transaction.atomic
def offer_shift(*, shift: Shift, to: Person, in_return: Shift | None, by: Person, at: datetime) -> None:
    """Ask somebody to take one's hours over, perhaps for theirs; one question at a time, the last one counts.

    Raises ``NotAllowed``, ``NotOnDesk`` or ``WrongState`` for hours that are over.
    """
    if shift.person_id != by.pk:
        raise NotAllowed
    _require_possible_taker(shift, to, at=at)
    if in_return is not None and (in_return.person_id != to.pk or in_return.rota_id != shift.rota_id):
        raise NotOnDesk
    current = Shift.objects.filter(pk=shift.pk, person=by, ends_at__gt=at)
    if not current.update(offered_to=to, in_return=in_return):
        raise WrongState
    shift.offered_to, shift.in_return = to, in_return
    note(verb="rota.offered", by=by, at=at, area=shift.rota.area.path, target=shift)
    send_shift_offer(shift, by=by, at=at)


def _require_possible_taker(shift: Shift, to: Person, *, at: datetime) -> None:
    if to.pk == shift.person_id or to not in people_who_can_be_on_call(shift.rota.area, at=at):
        raise NotOnDesk


@transaction.atomic
def answer_shift_offer_and_notify_asker(*, shift: Shift, accepts: bool, by: Person, at: datetime) -> None:
    """Take the hours over, or not; whoever asked is told. Raises ``WrongState`` where that was not asked any more."""
    current = Shift.objects.select_for_update(of=("self",)).filter(pk=shift.pk, offered_to=by, ends_at__gt=at)
    row = current.select_related("rota__area", "person", "in_return").first()
    if row is None or row.person is None:
        raise WrongState
    asker, other = row.person, row.in_return
    row.offered_to = row.in_return = None
    if accepts:
        _require_possible_taker(row, by, at=at)
        row.person, row.instead_of = by, asker
        if other is not None:
            _hand_over_returned_shift(other, asker, instead_of=by, at=at)
    row.save(update_fields=["person", "instead_of", "offered_to", "in_return"])
    verb = "rota.taken" if accepts else "rota.declined"
    note(verb=verb, by=by, at=at, area=row.rota.area.path, target=row)
    send_takeover_answer(row, asker, accepts=accepts, by=by, at=at)


def _hand_over_returned_shift(shift: Shift, to: Person, *, instead_of: Person, at: datetime) -> None:
    """The other half of a swap. Raises ``WrongState`` where these hours are somebody else's by now, or over."""
    values = {"person": to, "instead_of": instead_of, "offered_to": None, "in_return": None}
    if not Shift.objects.filter(pk=shift.pk, person=instead_of, ends_at__gt=at).update(**values):
        raise WrongState


@transaction.atomic
def hand_over_shift_now_and_notify(*, shift: Shift, to: Person, by: Person, at: datetime) -> Shift:
    """Give hours that last to somebody else at once, from now until they end: by whoever has them, or makes the rota.

    Answers the new shift. Raises ``NotAllowed``, ``NotOnDesk`` or ``WrongState``.
    """
    row = Shift.objects.select_for_update(of=("self",)).select_related("rota__area").get(pk=shift.pk)
    if row.person_id != by.pk and not may(by, Permission.ROTA_MAKE, row.rota.area, at=at):
        raise NotAllowed
    _require_possible_taker(row, to, at=at)
    if not row.starts_at < at < row.ends_at:
        raise WrongState
    new_shift = Shift.objects.create(
        rota=row.rota, person=to, instead_of_id=row.person_id, starts_at=at, ends_at=row.ends_at
    )
    Shift.objects.filter(pk=row.pk).update(ends_at=at, offered_to=None, in_return=None)
    note(verb="rota.handed_over", by=by, at=at, area=row.rota.area.path, target=new_shift)
    send_handover_letter(new_shift, by=by, at=at)
    return new_shift


def shift_of_key(key: UUID) -> Shift | None:
    """The shift of a link, with what its page shows."""
    shifts = Shift.objects.select_related("rota__area", "person", "offered_to", "in_return")
    return shifts.filter(pk=key).first()
