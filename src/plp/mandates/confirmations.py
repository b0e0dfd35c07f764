"""Writes about how long mandates last: confirm, give a last day, let end what nobody confirmed, be followed."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.mandates.actions import end_mandate
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.queries import NotAllowed, require
from plp.mandates.rules import CONFIRMED_FOR, KEPT_WITH, LONGEST, midnight_after
from plp.mandates.term_letters import send_ended_letters
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused, WrongState


class BadEnd(Refused):
    """A last day is today or later, and within seven years."""

    sentence = _("Choose a last day from today on, at most seven years ahead.")
    field = "last_day"


def _require_confirmer(mandate: Mandate, *, by: Person | None, at: datetime) -> None:
    """Raise ``NotAllowed`` for somebody who does not keep ``mandate``, and for its holder."""
    if by is None:
        return
    if by.pk == mandate.person_id:
        raise NotAllowed
    require(by, KEPT_WITH[Role(mandate.role)], mandate.area, at=at)


@transaction.atomic
def confirm_mandates(*, mandates: Iterable[Mandate], by: Person | None, at: datetime) -> int:
    """Say of each that it goes on for a year from ``at``; answer how many. One with a last day keeps it.

    ``by`` is ``None`` only for the machine's operator. Raises ``NotAllowed``, and then confirms none.
    """
    count = 0
    for mandate in mandates:
        _require_confirmer(mandate, by=by, at=at)
        lasting = Mandate.objects.filter(pk=mandate.pk, ends_at=None)
        if lasting.update(confirmed_at=at):
            count += 1
            note(verb="mandate.confirmed", by=by, at=at, area=mandate.area.path, target=mandate, role=mandate.role)
    return count


@transaction.atomic
def end_mandate_and_notify_holder(*, mandate: Mandate, by: Person | None, at: datetime) -> None:
    """End a mandate now, and tell its holder by letter. Raises ``NotAllowed``."""
    end_mandate(mandate=mandate, by=by, at=at)
    if by is None or by.pk != mandate.person_id:
        send_ended_letters(mandate, to_keepers=False, by=by, at=at)


@transaction.atomic
def set_last_day_of_mandate(*, mandate: Mandate, last_day: date, by: Person | None, at: datetime) -> None:
    """Let a mandate end with ``last_day`` on the Belgian clock, later than before or earlier.

    Raises ``NotAllowed``, ``BadEnd``, or ``WrongState`` when it has ended.
    """
    _require_confirmer(mandate, by=by, at=at)
    today = local(at).date()
    if not today <= last_day <= today + LONGEST:
        raise BadEnd
    ends_at = midnight_after(last_day)
    going_on = Mandate.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), pk=mandate.pk)
    if not going_on.update(ends_at=ends_at):
        raise WrongState
    mandate.ends_at = ends_at
    note(verb="mandate.end_set", by=by, at=at, area=mandate.area.path, target=mandate, last_day=str(last_day))


@transaction.atomic
def end_unconfirmed_and_notify(*, mandate: Mandate, by: Person | None, at: datetime) -> bool:
    """End a mandate that nobody confirmed for a year, and tell its holder and whoever must appoint: the clock's act.

    ``False``, and nothing is done, where somebody confirmed it just now. Raises ``NotAllowed`` for a person.
    """
    if by is not None:
        raise NotAllowed
    overdue = Q(confirmed_at=None, starts_at__lte=at - CONFIRMED_FOR) | Q(confirmed_at__lte=at - CONFIRMED_FOR)
    if not Mandate.objects.filter(overdue, pk=mandate.pk, ends_at=None).update(ends_at=at):
        return False
    mandate.ends_at = at
    note(verb="mandate.not_confirmed", by=by, at=at, area=mandate.area.path, target=mandate, role=mandate.role)
    send_ended_letters(mandate, to_keepers=True, by=by, at=at)
    return True


@transaction.atomic
def end_predecessors_and_notify(
    *, mandate: Mandate, predecessors: Iterable[Mandate], by: Person | None, at: datetime
) -> None:
    """Let the holder of ``mandate`` follow ``predecessors``, whose mandates end in the same moment.

    Raises ``NotAllowed``.
    """
    for predecessor in predecessors:
        end_mandate_and_notify_holder(mandate=predecessor, by=by, at=at)
        note(verb="mandate.followed", by=by, at=at, area=mandate.area.path, target=predecessor, next=str(mandate.pk))
