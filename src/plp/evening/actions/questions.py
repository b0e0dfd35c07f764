"""What the meeting decides on: prepare a question, open the vote (R21, R23, R35, R36)."""

from datetime import datetime
from random import SystemRandom
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from plp.evening import refusals
from plp.evening.leading import must_lead, noted
from plp.evening.models import Meeting, Question, Right, Slip
from plp.evening.states import VOTING, State, Voting
from plp.people.models import Person
from plp.toolbox.crypto import digest
from plp.toolbox.moves import WrongState, move

MOST_LABEL = 300


@transaction.atomic
def ask(
    *,
    meeting: Meeting,
    kind: str,
    by: Person | None,
    at: datetime,
    label: str = "",
    function: str = "",
    subject: UUID | None = None,
    quorum: int = 0,
) -> Question:
    """Prepare a question. ``quorum``: how many votes must be cast at least for a result, 0 for no such rule.

    A person needs ``label`` (the name) and ``function``, and ``subject`` where a ``partnership.Candidate`` exists; a
    free question needs ``label``. Raises ``NothingAsked``, ``AskedAlready``, ``WrongState``.
    """
    must_lead(by, meeting, at=at)
    words = " ".join(label.split())[:MOST_LABEL]
    about_person = kind == Question.Kind.PERSON
    if (kind != Question.Kind.APPROVAL and not words) or (about_person and function not in Question.Function.values):
        raise refusals.NothingAsked
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state not in {State.PLANNED, State.CONVENED, State.OPEN}:
        raise WrongState
    if kind == Question.Kind.APPROVAL and meeting.questions.filter(kind=kind).exists():
        raise refusals.AskedAlready
    last = meeting.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question.objects.create(
        meeting=meeting,
        kind=kind,
        function=function if about_person else "",
        subject=subject if about_person else None,
        label="" if kind == Question.Kind.APPROVAL else words,
        position=last + 1,
        quorum=min(max(quorum, 0), 9_999),
        urn="",
        paper="",
        hands="",
    )
    noted("question_prepared", meeting, by=by, at=at, target=question, kind=kind)
    return question


@transaction.atomic
def drop(*, question: Question, by: Person | None, at: datetime) -> None:
    """Take a prepared question off; one that was opened stays. Raises ``WrongState``."""
    must_lead(by, question.meeting, at=at)
    target = f"evening.question:{question.pk}"
    gone, _rows = Question.objects.filter(pk=question.pk, state=Voting.PREPARED).delete()
    if not gone:
        raise WrongState
    noted("question_dropped", question.meeting, by=by, at=at, target=target)


@transaction.atomic
def open_vote(*, question: Question, by: Person | None, at: datetime) -> None:
    """Let people vote: every code given out so far may vote once. Only while the meeting goes on."""
    must_lead(by, question.meeting, at=at)
    meeting = Meeting.objects.select_for_update().get(pk=question.meeting_id)
    if meeting.state != State.OPEN:
        raise WrongState
    move(question, Voting.OPEN, table=VOTING)
    question.urn = question.paper = question.hands = ""
    give_rights([question], list(Slip.objects.filter(meeting=meeting, waits=False)))
    noted("vote_opened", meeting, by=by, at=at, target=question, quorum=question.quorum)


def give_rights(questions: list[Question], slips: list[Slip]) -> None:
    """One unused right per question and code, in random order: the order of rows says nothing."""
    rights = [
        Right(question=question, digest=right_of(question, slip.digest)) for question in questions for slip in slips
    ]
    SystemRandom().shuffle(rights)
    Right.objects.bulk_create(rights, batch_size=500)


def right_of(question: Question, slip: str) -> str:
    """The digest under which a code votes on a question: with the key alone can it be worked out from the slip."""
    return digest(f"{question.pk}:{slip}", purpose="evening.right")
