"""The launch itself (R27, R28), and what the neighbourhood sees of it (R147)."""

from datetime import date, datetime

from django.db import transaction

from plp.journal.actions import note
from plp.launch.days import refuse_bad_day, refuse_day_outside
from plp.launch.models import LifeAct, Publication, Sign
from plp.launch.queries.where import course, require_open
from plp.launch.refusals import BadCount, NeedsProof, NeedsRoadManager, StillMissing
from plp.launch.rules import lacking_for_launch
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.partnership import actions as partnerships
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.moves import WrongState

MOST_SIGNS = 5000


@transaction.atomic
def open_partnership(*, partnership: Partnership, by: Person | None, at: datetime) -> LifeAct:
    """Launch a partnership: it may now relay messages. The only way to the state ``active`` (R27).

    Raises ``NotAllowed``, ``StillMissing`` with every fact that lacks (R12, R13, R21, R27, R35, R36, R92),
    ``StepClosed`` while an earlier step is open again, ``WrongState``.
    """
    if by is not None:
        require(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    partnership = Partnership.objects.select_for_update(no_key=True).select_related("area").get(pk=partnership.pk)
    if partnership.launched_at is not None:
        raise WrongState
    now = course(partnership, at=at)
    lacking = lacking_for_launch(now.plan, now.facts)
    if lacking:
        raise StillMissing(missing=" ".join(str(fact.missing) for fact in lacking))
    require_open(partnership, "launch", at=at)
    partnerships.activate(partnership=partnership, by=by, at=at)
    act = LifeAct.objects.create(partnership=partnership, kind=LifeAct.Kind.LAUNCH, by=by, at=at)
    note(verb="launch.opened", by=by, at=at, area=partnership.area.path, target=act)
    return act


@transaction.atomic
def note_publication(
    *,
    partnership: Partnership,
    medium: str,
    title: str,
    published_on: date,
    proof: str,
    by: Person | None,
    at: datetime,
) -> Publication:
    """Record where the launch was made known (R28).

    Raises ``NotAllowed``, ``NeedsProof``, ``NotYet``, ``TooEarly``, ``StepClosed`` before the launch is open.
    """
    _require_note(partnership, by, at)
    if not proof.strip() or not title.strip():
        raise NeedsProof
    refuse_bad_day(published_on, partnership, at=at)
    require_open(partnership, "launch", at=at)
    said = Publication.objects.create(
        partnership=partnership,
        medium=Publication.Medium(medium),
        title=title.strip()[:120],
        published_on=published_on,
        proof=proof.strip()[:300],
        by=by,
        at=at,
    )
    note(verb="launch.published", by=by, at=at, area=partnership.area.path, target=said, medium=medium)
    return said


@transaction.atomic
def order_signs(
    *,
    partnership: Partnership,
    kind: str,
    count: int,
    place: str,
    road_manager: str,
    ordered_on: date,
    by: Person | None,
    at: datetime,
) -> Sign:
    """Record an order of signs or stickers: how many, for where, with whose consent (R147).

    Raises ``NotAllowed``, ``BadCount``, ``NeedsRoadManager`` for a sign at a road, ``NotYet``, ``TooEarly``.
    """
    _require_note(partnership, by, at)
    if not 1 <= count <= MOST_SIGNS:
        raise BadCount
    if kind == Sign.Kind.SIGN and not road_manager.strip():
        raise NeedsRoadManager
    refuse_bad_day(ordered_on, partnership, at=at)
    ordered = Sign.objects.create(
        partnership=partnership,
        kind=Sign.Kind(kind),
        count=count,
        place=place.strip()[:160],
        road_manager=road_manager.strip()[:120],
        ordered_on=ordered_on,
        by=by,
        at=at,
    )
    note(verb="launch.signs_ordered", by=by, at=at, area=partnership.area.path, target=ordered, count=count)
    return ordered


@transaction.atomic
def note_placed(*, sign: Sign, placed_on: date, by: Person | None, at: datetime) -> None:
    """Record that signs stand or stickers were handed out. Raises ``NotAllowed``, ``NotYet``, ``TooEarly``."""
    _require_note(sign.partnership, by, at)
    refuse_day_outside(placed_on, sign.ordered_on, at=at)
    if not Sign.objects.filter(pk=sign.pk, placed_on=None).update(placed_on=placed_on):
        raise WrongState
    note(verb="launch.signs_placed", by=by, at=at, area=sign.partnership.area.path, target=sign)


def _require_note(partnership: Partnership, by: Person | None, at: datetime) -> None:
    if by is not None:
        require(by, Permission.LAUNCH_NOTE, partnership.area, at=at)
