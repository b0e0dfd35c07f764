"""What the meeting decides on: prepare a question, open the vote (R21, R23, R35, R36)."""

from datetime import datetime
from random import SystemRandom
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from plp.evening import refusals
from plp.evening.guards import note_in_journal, require_leader, require_texts_pass_check
from plp.evening.models import Meeting, Question, Right, Slip
from plp.evening.rules import voting_right_digest
from plp.evening.states import VOTING, MeetingState, Voting
from plp.partnership.translations import Translations
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move

MOST_LABEL = 300


@transaction.atomic
def prepare_question(
    *,
    meeting: Meeting,
    kind: str,
    by: Person | None,
    at: datetime,
    label: str = "",
    function: str = "",
    subject: UUID | None = None,
    quorum: int = 0,
    translations: Translations | None = None,
) -> Question:
    """Prepare a question. ``quorum``: how many votes must be cast at least for a result, 0 for no such rule.

    A person needs ``label`` (the name) and ``function``, and ``subject`` where a ``partnership.Candidate`` exists; a
    free question needs ``label``, of which ``translations`` says language and sisters. Raises ``QuestionEmpty``,
    ``ApprovalAskedAlready``, ``HeldWords``, ``WrongState``.
    """
    require_leader(by, meeting, at=at)
    words = " ".join(label.split())[:MOST_LABEL]
    about_person = kind == Question.Kind.PERSON
    if (kind != Question.Kind.APPROVAL and not words) or (about_person and function not in Question.Function.values):
        raise refusals.QuestionEmpty
    is_free = kind == Question.Kind.FREE
    if is_free:
        require_texts_pass_check(meeting, words, *_other_translations(translations))
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state not in {MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.OPEN}:
        raise WrongState
    if kind == Question.Kind.APPROVAL and meeting.questions.filter(kind=kind).exists():
        raise refusals.ApprovalAskedAlready
    last = meeting.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question.objects.create(
        meeting=meeting,
        kind=kind,
        function=function if about_person else "",
        subject=subject if about_person else None,
        label="" if kind == Question.Kind.APPROVAL else words,
        translations=translations if is_free else None,
        position=last + 1,
        quorum=min(max(quorum, 0), 9_999),
        urn="",
        paper="",
        hands="",
    )
    note_in_journal("question_prepared", meeting, by=by, at=at, target=question, kind=kind)
    return question


def _other_translations(translations: Translations | None) -> list[str]:
    """The words in other languages than their own."""
    return [text for stored in (translations or {}).values() for text in stored.get("others", {}).values()]


@transaction.atomic
def delete_question(*, question: Question, by: Person | None, at: datetime) -> None:
    """Take a prepared question off; one that was opened stays. Raises ``WrongState``."""
    require_leader(by, question.meeting, at=at)
    target = f"evening.question:{question.pk}"
    gone, _rows = Question.objects.filter(pk=question.pk, state=Voting.PREPARED).delete()
    if not gone:
        raise WrongState
    note_in_journal("question_dropped", question.meeting, by=by, at=at, target=target)


@transaction.atomic
def open_vote(*, question: Question, by: Person | None, at: datetime) -> None:
    """Let people vote: every code given out so far may vote once. Only while the meeting goes on."""
    require_leader(by, question.meeting, at=at)
    meeting = Meeting.objects.select_for_update().get(pk=question.meeting_id)
    if meeting.state != MeetingState.OPEN:
        raise WrongState
    move(question, Voting.OPEN, table=VOTING)
    question.urn = question.paper = question.hands = ""
    create_voting_rights([question], list(Slip.objects.filter(meeting=meeting, waits=False)))
    note_in_journal("vote_opened", meeting, by=by, at=at, target=question, quorum=question.quorum)


def create_voting_rights(questions: list[Question], slips: list[Slip]) -> None:
    """One unused right per question and code, in random order: the order of rows says nothing."""
    rights = [
        Right(question=question, digest=voting_right_digest(question.pk, slip.digest))
        for question in questions
        for slip in slips
    ]
    SystemRandom().shuffle(rights)
    Right.objects.bulk_create(rights, batch_size=500)
