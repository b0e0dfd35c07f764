"""The launch itself (R27, R28), and what the neighbourhood sees of it (R147)."""

from datetime import date, datetime

from django.db import transaction

from plp.journal.actions import note
from plp.launch.days import refuse_day_before_founding_or_future, refuse_day_outside
from plp.launch.models import Publication, Sign
from plp.launch.queries.progress import require_step_open
from plp.launch.refusals import BadSignCount, PublicationProofMissing, RoadManagerMissing
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.moves import WrongState

MOST_SIGNS = 5000


@transaction.atomic
def record_launch_publication(
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

    Raises ``NotAllowed``, ``PartnershipOver``, ``PublicationProofMissing``, ``DayToCome``, ``DayTooEarly``,
    ``StepNotOpen`` before the launch is open.
    """
    require_unless_machine(by, Permission.LAUNCH_NOTE, partnership.area, at=at)
    require_living(partnership)
    if not proof.strip() or not title.strip():
        raise PublicationProofMissing
    refuse_day_before_founding_or_future(published_on, partnership, at=at)
    require_step_open(partnership, "launch", at=at)
    publication = Publication.objects.create(
        partnership=partnership,
        medium=Publication.Medium(medium),
        title=title.strip()[:120],
        published_on=published_on,
        proof=proof.strip()[:300],
        by=by,
        at=at,
    )
    note(verb="launch.published", by=by, at=at, area=partnership.area.path, target=publication, medium=medium)
    return publication


@transaction.atomic
def record_sign_or_sticker_order(
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

    Raises ``NotAllowed``, ``BadSignCount``, ``RoadManagerMissing`` for a sign at a road, ``DayToCome``,
    ``DayTooEarly``.
    """
    require_unless_machine(by, Permission.LAUNCH_NOTE, partnership.area, at=at)
    require_living(partnership)
    if not 1 <= count <= MOST_SIGNS:
        raise BadSignCount
    if kind == Sign.Kind.SIGN and not road_manager.strip():
        raise RoadManagerMissing
    refuse_day_before_founding_or_future(ordered_on, partnership, at=at)
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
def save_day_signs_were_placed(*, sign: Sign, placed_on: date, by: Person | None, at: datetime) -> None:
    """Record that signs stand or stickers were handed out. Raises ``NotAllowed``, ``DayToCome``, ``DayTooEarly``."""
    require_unless_machine(by, Permission.LAUNCH_NOTE, sign.partnership.area, at=at)
    refuse_day_outside(placed_on, sign.ordered_on, at=at)
    if not Sign.objects.filter(pk=sign.pk, placed_on=None).update(placed_on=placed_on):
        raise WrongState
    note(verb="launch.signs_placed", by=by, at=at, area=sign.partnership.area.path, target=sign)
