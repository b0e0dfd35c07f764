"""Plan a meeting, convene it, open its doors, end it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from plp.delivery.actions import stop_message
from plp.delivery.models import Message
from plp.evening import refusals
from plp.evening.guards import DAY, MOST_A_DAY, note_in_journal, require_leader, require_texts_pass_check
from plp.evening.letters import CANCELLED, CHANGED, queue_to_members_and_applicants
from plp.evening.models import AgendaPoint, Meeting, Question, Slip
from plp.evening.rules import DOORS_OPEN_BEFORE, meeting_time_fault_key, missing_points
from plp.evening.states import AGENDAS, MEETING_MOVES, MeetingState, PointKind, Purpose, Voting, agenda_scaled_to
from plp.journal.queries import entries_about
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import Gate, PartnershipOver, require_gate
from plp.partnership.models import Partnership
from plp.partnership.translations import Translations
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move

CLOCK = {"past": refusals.MeetingInThePast, "backwards": refusals.MeetingEndsFirst, "long": refusals.MeetingTooLong}
STAYING = {"purpose", "languages", "voters"}  # of a meeting to which people were convened


@dataclass(frozen=True)
class MeetingPlan:
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
    translations: Translations | None = None  # of ``access``


@transaction.atomic
def plan_meeting(*, partnership: Partnership, plan: MeetingPlan, by: Person | None, at: datetime) -> Meeting:
    """Plan a meeting with its agenda: the seven points for an information evening (R18).

    Raises ``NotAllowed``, ``MeetingInThePast``, ``MeetingEndsFirst``, ``MeetingTooLong``, ``MeetingPlaceMissing``,
    ``MeetingLanguageMissing``, ``HeldWords``.
    """
    meeting = Meeting(partnership=partnership, **_meeting_columns(plan))
    require_leader(by, meeting, at=at)
    require_gate(partnership, Gate.INFORMING, by=by, at=at)
    _refuse_bad_plan(plan, at)
    _require_plan_passes_check(meeting, plan)
    meeting.save(force_insert=True)
    AgendaPoint.objects.bulk_create(
        AgendaPoint(meeting=meeting, key=key, position=position, duration=duration)
        for position, (key, duration) in enumerate(
            agenda_scaled_to(plan.purpose, _planned_duration_minutes(plan)).items(), start=1
        )
    )
    note_in_journal("planned", meeting, by=by, at=at, purpose=plan.purpose)
    return meeting


@transaction.atomic
def change_planned_meeting(*, meeting: Meeting, plan: MeetingPlan, by: Person | None, at: datetime) -> None:
    """Change a meeting that is still planned; its purpose stays.

    Raises as ``plan_meeting`` does, and ``WrongState``.
    """
    require_leader(by, meeting, at=at)
    require_gate(meeting.partnership, Gate.INFORMING, by=by, at=at)
    _refuse_bad_plan(plan, at)
    _require_plan_passes_check(meeting, plan)
    columns = {key: value for key, value in _meeting_columns(plan).items() if key != "purpose"}
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED).update(**columns):
        raise WrongState
    meeting.refresh_from_db()
    _rescale_agenda(meeting, plan)
    note_in_journal("replanned", meeting, by=by, at=at)


@transaction.atomic
def move_convened_meeting_and_notify(*, meeting: Meeting, plan: MeetingPlan, by: Person | None, at: datetime) -> int:
    """Change hour or room of a meeting to which people were convened, and tell whoever was invited; answers how many.

    Purpose, languages and voters stay. The letters to the doors are to be printed and carried once more. Raises as
    ``plan_meeting`` does, ``WrongState`` once it has begun, ``TooManyLettersToday`` for the third change in a day.
    """
    require_leader(by, meeting, at=at)
    _refuse_bad_plan(plan, at)
    _require_plan_passes_check(meeting, plan)
    if entries_about(meeting).filter(verb="evening.moved", at__gt=at - DAY).count() >= MOST_A_DAY:
        raise refusals.TooManyLettersToday
    columns = {key: value for key, value in _meeting_columns(plan).items() if key not in STAYING}
    waiting = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.CONVENED, starts_at__gt=at)
    if not waiting.update(**columns, reminded_at=None):
        raise WrongState
    meeting.refresh_from_db()
    _rescale_agenda(meeting, plan)
    _stop_invitation_letters(meeting, by=by, at=at)
    meeting.invitations.update(printed_at=None, carried_at=None)
    told = queue_to_members_and_applicants(CHANGED, meeting, by=by, at=at) if meeting.invited_at else 0
    note_in_journal("moved", meeting, by=by, at=at, told=told)
    return told


def _rescale_agenda(meeting: Meeting, plan: MeetingPlan) -> None:
    for key, duration in agenda_scaled_to(meeting.purpose, _planned_duration_minutes(plan)).items():
        meeting.points.filter(key=key).update(duration=duration)


def _planned_duration_minutes(plan: MeetingPlan) -> int:
    return (plan.ends_at - plan.starts_at) // timedelta(minutes=1)


@transaction.atomic
def publish_meeting(*, meeting: Meeting, by: Person | None, at: datetime) -> None:
    """Fix date and place: from now on the public page shows them.

    Raises ``MeetingInThePast``, ``MeetingPlaceMissing``, ``PointsMissing`` and ``WrongState``.
    """
    require_leader(by, meeting, at=at)
    require_gate(meeting.partnership, Gate.INFORMING, by=by, at=at)
    if meeting.starts_at <= at:
        raise refusals.MeetingInThePast
    if not (meeting.place.strip() and meeting.street.strip()):
        raise refusals.MeetingPlaceMissing
    needed = AGENDAS[meeting.purpose]
    _require_agenda_points(needed, meeting.points.values_list("key", flat=True))
    move(meeting, MeetingState.CONVENED, table=MEETING_MOVES, convened_at=at)
    note_in_journal("convened", meeting, by=by, at=at)


@transaction.atomic
def open_meeting_for_presence_and_votes(*, meeting: Meeting, by: Person | None, at: datetime) -> None:
    """Begin: presence and votes are possible. Raises ``DoorsTooEarly`` more than twelve hours before."""
    require_leader(by, meeting, at=at)
    if at < meeting.starts_at - DOORS_OPEN_BEFORE:
        raise refusals.DoorsTooEarly
    move(meeting, MeetingState.OPEN, table=MEETING_MOVES, opened_at=at)
    note_in_journal("opened", meeting, by=by, at=at)


@transaction.atomic
def end_meeting_and_delete_codes(*, meeting: Meeting, by: Person | None, at: datetime) -> None:
    """End a meeting. Raises ``PointsMissing`` while a point is not ticked, ``VotesOpen`` while a vote goes on.

    The codes of its ballots are deleted: nothing is left to vote with.
    """
    require_leader(by, meeting, at=at)
    locked = Question.objects.select_for_update().filter(meeting=meeting)
    if any(question.state == Voting.OPEN for question in locked):
        raise refusals.VotesOpen
    ticked = meeting.points.exclude(ticked_at=None).values_list("key", flat=True)
    _require_agenda_points(AGENDAS[meeting.purpose], ticked)
    move(meeting, MeetingState.HELD, table=MEETING_MOVES, held_at=at)
    Slip.objects.filter(meeting=meeting).delete()
    Question.objects.filter(meeting=meeting, state=Voting.PREPARED).delete()  # nobody was asked
    note_in_journal("held", meeting, by=by, at=at)


@transaction.atomic
def cancel_meeting_and_notify(*, meeting: Meeting, because: str, by: Person | None, at: datetime) -> None:
    """Call a meeting off, with the reason that people read; whoever was invited is told.

    Raises ``WordsMissing``, ``HeldWords`` or ``WrongState``.
    """
    require_leader(by, meeting, at=at)
    reason = " ".join(because.split())[:300]
    if not reason:
        raise refusals.WordsMissing
    require_texts_pass_check(meeting, reason)
    move(meeting, MeetingState.CANCELLED, table=MEETING_MOVES, cancelled_because=reason)
    meeting.refresh_from_db(fields=["invited_at"])
    _stop_invitation_letters(meeting, by=by, at=at)
    told = queue_to_members_and_applicants(CANCELLED, meeting, by=by, at=at, reason=reason) if meeting.invited_at else 0
    note_in_journal("cancelled", meeting, by=by, at=at, told=told)


@transaction.atomic
def cancel_meetings_of_ended_partnership(*, partnership: Partnership, by: Person | None, at: datetime) -> None:
    """Call off what is planned or convened, without a letter: that of the end tells whoever was invited.

    The public page says that the partnership has ended, never why: that stays with the partners.
    """
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    before = MEETING_MOVES.source_states(MeetingState.CANCELLED)
    for meeting in Meeting.objects.filter(partnership=partnership, state__in=before):
        with override(meeting.languages[0]):
            ended = str(PartnershipOver.sentence)
        move(meeting, MeetingState.CANCELLED, table=MEETING_MOVES, cancelled_because=ended)
        _stop_invitation_letters(meeting, by=by, at=at)
        note_in_journal("cancelled", meeting, by=by, at=at, told=0)


def _stop_invitation_letters(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """What invites to a meeting that was called off leaves no more, nor is it carried."""
    for message in Message.objects.filter(subject=meeting.pk, stopped_at=None):
        stop_message(message=message, by=by, at=at)


def _refuse_bad_plan(plan: MeetingPlan, at: datetime) -> None:
    """Raise for the first thing that cannot be."""
    wrong = meeting_time_fault_key(plan.starts_at, plan.ends_at, at)
    if wrong:
        raise CLOCK[wrong]
    if not (plan.place.strip() and plan.street.strip()):
        raise refusals.MeetingPlaceMissing
    if not plan.languages:
        raise refusals.MeetingLanguageMissing


def _require_plan_passes_check(meeting: Meeting, plan: MeetingPlan) -> None:
    """Raise ``HeldWords`` for a place, or for how one gets in, in any of its languages."""
    others = [text for sisters in (plan.translations or {}).values() for text in sisters["others"].values()]
    require_texts_pass_check(meeting, plan.place, plan.street, is_name=True)
    require_texts_pass_check(meeting, plan.access, *others)


def _meeting_columns(plan: MeetingPlan) -> dict:
    return {
        "place": plan.place.strip(),
        "street": plan.street.strip(),
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "languages": list(plan.languages),
        "access": plan.access.strip(),
        "translations": plan.translations,
        "capacity": plan.capacity,
        "purpose": plan.purpose,
        "voters": plan.voters,
    }


def _require_agenda_points(needed: dict[PointKind, int], present: object) -> None:
    """Raise ``PointsMissing`` with the titles of those that lack."""
    missing = missing_points(needed, present)  # type: ignore[arg-type]
    if missing:
        raise refusals.PointsMissing(points=", ".join(str(PointKind(key).label) for key in missing))
