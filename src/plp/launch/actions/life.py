"""The life of a partnership after its launch: rest, wake, merge, end, confirm for a year (R148)."""

from datetime import date, datetime

from django.db import transaction

from plp.journal.actions import note
from plp.launch.days import refuse_day_outside
from plp.launch.models import LifeAct
from plp.launch.refusals import CannotMergeInto, NeedsReason, NotDue
from plp.launch.telling import tell_members, tell_partners
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership import actions as memberships
from plp.partnership import actions as partnerships
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import Person
from plp.toolbox.clock import local

REASON = 300


@transaction.atomic
def rest(*, partnership: Partnership, reason: str, by: Person | None, at: datetime) -> LifeAct:
    """Put a partnership to rest: nobody joins and nothing is sent until it is woken; members and partners are told.

    Raises ``NotAllowed``, ``NeedsReason``, ``WrongState``.
    """
    return _act(partnership, LifeAct.Kind.REST, State.DORMANT, reason, by=by, at=at)


@transaction.atomic
def wake(*, partnership: Partnership, reason: str, by: Person | None, at: datetime) -> LifeAct:
    """Let a resting partnership work again. Raises ``NotAllowed``, ``NeedsReason``, ``WrongState``."""
    return _act(partnership, LifeAct.Kind.WAKE, State.ACTIVE, reason, by=by, at=at)


@transaction.atomic
def end(*, partnership: Partnership, reason: str, by: Person | None, at: datetime) -> LifeAct:
    """End a partnership: members and partners are told, members leave it, FPS Interior is still to be told.

    The coordinator keeps the mandate until the letters on paper are out; the officer ends it then.
    Raises ``NotAllowed``, ``NeedsReason``, ``WrongState``.
    """
    act = _act(partnership, LifeAct.Kind.END, State.ENDED, reason, by=by, at=at)
    memberships.dissolve(partnership=partnership, by=by, at=at)
    return act


@transaction.atomic
def merge(*, partnership: Partnership, into: Partnership, reason: str, by: Person | None, at: datetime) -> LifeAct:
    """Merge a partnership into a neighbouring one. Each member is invited to join it: nobody is passed on (R81).

    Raises ``NotAllowed``, ``NeedsReason``, ``WrongState``, ``CannotMergeInto`` unless the other is active in this zone.
    """
    zone = "/".join(partnership.area.path.split("/")[:2]) + "/"
    fits = into.pk != partnership.pk and into.state == State.ACTIVE and into.area.path.startswith(zone)
    if not fits:
        raise CannotMergeInto
    act = _act(partnership, LifeAct.Kind.MERGE, State.MERGED, reason, into=into, by=by, at=at)
    memberships.dissolve(partnership=partnership, by=by, at=at)
    return act


@transaction.atomic
def confirm(*, partnership: Partnership, by: Person | None, at: datetime) -> LifeAct:
    """Confirm for a year that the partnership works and that its data are right. Raises ``NotAllowed``, ``NotDue``."""
    _require_lead(partnership, by, at)
    if partnership.state not in {State.ACTIVE, State.DORMANT}:
        raise NotDue
    act = LifeAct.objects.create(partnership=partnership, kind=LifeAct.Kind.CONFIRM, by=by, at=at)
    note(verb="launch.confirmed", by=by, at=at, area=partnership.area.path, target=act)
    return act


@transaction.atomic
def note_interior_told(*, act: LifeAct, told_on: date, by: Person | None, at: datetime) -> None:
    """Record the day on which FPS Interior was told. Raises ``NotAllowed``, ``NotYet``, ``TooEarly``."""
    _require_lead(act.partnership, by, at)
    refuse_day_outside(told_on, local(act.at).date(), at=at)
    LifeAct.objects.filter(pk=act.pk).update(interior_told_on=told_on)
    note(verb="launch.interior_told", by=by, at=at, area=act.partnership.area.path, target=act)


def _act(
    partnership: Partnership,
    kind: LifeAct.Kind,
    to: State,
    reason: str,
    *,
    by: Person | None,
    at: datetime,
    into: Partnership | None = None,
) -> LifeAct:
    """Move the partnership, keep the act with its reason, tell members and partners."""
    _require_lead(partnership, by, at)
    if not reason.strip():
        raise NeedsReason
    if to == State.ACTIVE:
        partnerships.activate(partnership=partnership, by=by, at=at)
    else:
        partnerships.advance(partnership=partnership, to=to, by=by, at=at)
    act = LifeAct.objects.create(
        partnership=partnership, kind=kind, reason=reason.strip()[:REASON], into=into, by=by, at=at
    )
    act.told = tell_members(act, by=by, at=at) + tell_partners(act, by=by, at=at)
    act.save(update_fields=["told"])
    note(verb=f"launch.{kind}", by=by, at=at, area=partnership.area.path, target=act, told=act.told)
    return act


def _require_lead(partnership: Partnership, by: Person | None, at: datetime) -> None:
    if by is not None:
        require(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
