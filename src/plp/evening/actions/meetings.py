"""Plan a meeting, convene it, open its doors, end it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from plp.evening import refusals
from plp.evening.leading import must_lead, noted
from plp.evening.letters import CANCELLED, write_to_registered
from plp.evening.models import AgendaPoint, Meeting, Question, Slip
from plp.evening.rules import DOORS_OPEN_BEFORE, fits_clock, missing_points
from plp.evening.states import AGENDAS, MOVES, Point, Purpose, State, Voting
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move

CLOCK = {"past": refusals.InThePast, "backwards": refusals.EndsFirst, "long": refusals.TooLong}


@dataclass(frozen=True)
class Plan:
    """What is known of a meeting before it is convened. ``voters``: ``person`` or ``household``."""

    place: str
    street: str
    starts_at: datetime
    ends_at: datetime
    languages: Sequence[str]
    access: str = ""
    capacity: int | None = None
    purpose: str = Purpose.INFORMATION
    voters: str = Meeting.Voters.PERSON


@transaction.atomic
def plan(*, partnership: Partnership, plan: Plan, by: Person | None, at: datetime) -> Meeting:
    """Plan a meeting with its agenda: the seven points for an information evening (R18).

    Raises ``NotAllowed``, ``InThePast``, ``EndsFirst``, ``TooLong``, ``NoPlace``, ``NoLanguage``.
    """
    must_lead(by, Meeting(partnership=partnership), at=at)
    _refuse(plan, at)
    meeting = Meeting.objects.create(partnership=partnership, **_columns(plan))
    AgendaPoint.objects.bulk_create(
        AgendaPoint(meeting=meeting, key=key, position=position, duration=duration)
        for position, (key, duration) in enumerate(AGENDAS[plan.purpose].items(), start=1)
    )
    noted("planned", meeting, by=by, at=at, purpose=plan.purpose)
    return meeting


@transaction.atomic
def replan(*, meeting: Meeting, plan: Plan, by: Person | None, at: datetime) -> None:
    """Change a meeting that is still planned; its purpose stays. Raises as ``plan`` does, and ``WrongState``."""
    must_lead(by, meeting, at=at)
    _refuse(plan, at)
    columns = {key: value for key, value in _columns(plan).items() if key != "purpose"}
    if not Meeting.objects.filter(pk=meeting.pk, state=State.PLANNED).update(**columns):
        raise WrongState
    meeting.refresh_from_db()
    noted("replanned", meeting, by=by, at=at)


@transaction.atomic
def convene(*, meeting: Meeting, by: Person | None, at: datetime) -> None:
    """Fix date and place: from now on the public page shows them.

    Raises ``InThePast``, ``NoPlace``, ``PointsMissing`` and ``WrongState``.
    """
    must_lead(by, meeting, at=at)
    if meeting.starts_at <= at:
        raise refusals.InThePast
    if not (meeting.place.strip() and meeting.street.strip()):
        raise refusals.NoPlace
    needed = AGENDAS[meeting.purpose]
    _all_points(needed, meeting.points.values_list("key", flat=True))
    move(meeting, State.CONVENED, table=MOVES, convened_at=at)
    noted("convened", meeting, by=by, at=at)


@transaction.atomic
def open_doors(*, meeting: Meeting, by: Person | None, at: datetime) -> None:
    """Begin: presence and votes are possible. Raises ``TooEarly`` more than twelve hours before."""
    must_lead(by, meeting, at=at)
    if at < meeting.starts_at - DOORS_OPEN_BEFORE:
        raise refusals.TooEarly
    move(meeting, State.OPEN, table=MOVES, opened_at=at)
    noted("opened", meeting, by=by, at=at)


@transaction.atomic
def hold(*, meeting: Meeting, by: Person | None, at: datetime) -> None:
    """End a meeting. Raises ``PointsMissing`` while a point is not ticked, ``VotesOpen`` while a vote goes on.

    The codes of its ballots are deleted: nothing is left to vote with.
    """
    must_lead(by, meeting, at=at)
    locked = Question.objects.select_for_update().filter(meeting=meeting)
    if any(question.state == Voting.OPEN for question in locked):
        raise refusals.VotesOpen
    ticked = meeting.points.exclude(ticked_at=None).values_list("key", flat=True)
    _all_points(AGENDAS[meeting.purpose], ticked)
    move(meeting, State.HELD, table=MOVES, held_at=at)
    Slip.objects.filter(meeting=meeting).delete()
    Question.objects.filter(meeting=meeting, state=Voting.PREPARED).delete()  # nobody was asked
    noted("held", meeting, by=by, at=at)


@transaction.atomic
def cancel(*, meeting: Meeting, because: str, by: Person | None, at: datetime) -> None:
    """Call a meeting off, with the reason that people read; whoever was invited is told."""
    must_lead(by, meeting, at=at)
    reason = " ".join(because.split())[:300]
    if not reason:
        raise refusals.NothingWritten
    move(meeting, State.CANCELLED, table=MOVES, cancelled_because=reason)
    meeting.refresh_from_db(fields=["invited_at"])
    told = write_to_registered(CANCELLED, meeting, by=by, at=at, reason=reason) if meeting.invited_at else 0
    noted("cancelled", meeting, by=by, at=at, told=told)


def _refuse(plan: Plan, at: datetime) -> None:
    """Raise for the first thing that cannot be."""
    wrong = fits_clock(plan.starts_at, plan.ends_at, at)
    if wrong:
        raise CLOCK[wrong]
    if not (plan.place.strip() and plan.street.strip()):
        raise refusals.NoPlace
    if not plan.languages:
        raise refusals.NoLanguage


def _columns(plan: Plan) -> dict:
    return {
        "place": plan.place.strip(),
        "street": plan.street.strip(),
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "languages": list(plan.languages),
        "access": plan.access.strip(),
        "capacity": plan.capacity,
        "purpose": plan.purpose,
        "voters": plan.voters,
    }


def _all_points(needed: dict[Point, int], there: object) -> None:
    """Raise ``PointsMissing`` with the titles of those that lack."""
    missing = missing_points(needed, there)  # type: ignore[arg-type]
    if missing:
        raise refusals.PointsMissing(points=", ".join(str(Point(key).label) for key in missing))
