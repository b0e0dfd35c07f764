"""What people say, offer and agree: opinions with their answers, volunteers, decisions (R23, R25, R26)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from plp.evening import refusals
from plp.evening.leading import must_lead, noted
from plp.evening.models import Attendance, Decision, Meeting, Offer, Opinion
from plp.evening.states import State
from plp.people.models import Person
from plp.toolbox.moves import WrongState

MOST_WORDS = 1_500
MOST_LINE = 200
MOST_ROWS = 500  # of opinions, and of offers, at one meeting
SAID = {State.CONVENED, State.OPEN, State.HELD, State.MINUTED}
AGREED = {State.OPEN, State.HELD, State.MINUTED}
TASKS = ("committee", "coordinator", "deputy", "letters", "welcome", "languages", "other")


@transaction.atomic
def give_opinion(*, meeting: Meeting, words: str, name: str, by: Person | None, at: datetime) -> Opinion:
    """Keep an opinion; ``name`` may stay empty (R26). Not noted with an hour: who says nothing of themselves stays so.

    Raises ``NothingWritten``, ``MeetingFull``, ``WrongState``.
    """
    must_lead(by, meeting, at=at)
    _in(meeting, SAID)
    text = words.strip()[:MOST_WORDS]
    if not text:
        raise refusals.NothingWritten
    if meeting.opinions.count() >= MOST_ROWS:
        raise refusals.MeetingFull
    return Opinion.objects.create(meeting=meeting, words=text, name=" ".join(name.split())[:MOST_LINE])


@transaction.atomic
def answer_opinion(*, opinion: Opinion, answer: str, by: Person | None, at: datetime) -> None:
    """Answer an opinion (R26); the answer can be written anew. Raises ``NothingWritten``."""
    must_lead(by, opinion.meeting, at=at)
    text = answer.strip()[:MOST_WORDS]
    if not text:
        raise refusals.NothingWritten
    Opinion.objects.filter(pk=opinion.pk).update(answer=text, answered_at=at)
    opinion.answer, opinion.answered_at = text, at
    noted("opinion_answered", opinion.meeting, by=by, at=at, target=opinion)


@transaction.atomic
def offer_help(
    *, meeting: Meeting, name: str, reach: str, tasks: Iterable[str], words: str, by: Person | None, at: datetime
) -> Offer:
    """Somebody wants to help (R23): who, how to reach them, with what (``TASKS``).

    Raises ``NothingWritten`` without name or address, ``MeetingFull``, ``WrongState``.
    """
    must_lead(by, meeting, at=at)
    _in(meeting, SAID)
    who, where = " ".join(name.split())[:MOST_LINE], " ".join(reach.split())[:MOST_LINE]
    if not (who and where):
        raise refusals.NothingWritten
    if meeting.offers.count() >= MOST_ROWS:
        raise refusals.MeetingFull
    chosen = [task for task in TASKS if task in set(tasks)]
    offer = Offer.objects.create(meeting=meeting, name=who, reach=where, tasks=chosen, words=words.strip()[:MOST_WORDS])
    noted("help_offered", meeting, by=by, at=at, target=offer)
    return offer


@transaction.atomic
def take_up_offer(*, offer: Offer, by: Person | None, at: datetime) -> None:
    """Note that the volunteer was spoken to. Raises ``WrongState`` the second time."""
    must_lead(by, offer.meeting, at=at)
    if not Offer.objects.filter(pk=offer.pk, taken_up_at=None).update(taken_up_at=at):
        raise WrongState
    noted("offer_taken_up", offer.meeting, by=by, at=at, target=offer)


@transaction.atomic
def decide(
    *, meeting: Meeting, about: str, words: str, owner: str, due: date, by: Person | None, at: datetime
) -> Decision:
    """Keep an agreement with who sees to it and by when (R25).

    Raises ``NothingWritten``, ``InThePast`` and ``WrongState``.
    """
    must_lead(by, meeting, at=at)
    _in(meeting, AGREED)
    text, who = " ".join(words.split())[:400], " ".join(owner.split())[:MOST_LINE]
    if not (text and who) or about not in Decision.About.values:
        raise refusals.NothingWritten
    if due < meeting.starts_at.date():
        raise refusals.InThePast
    decision = Decision.objects.create(meeting=meeting, about=about, words=text, owner=who, due=due)
    noted("decided", meeting, by=by, at=at, target=decision, about=about)
    return decision


@transaction.atomic
def note_done(*, decision: Decision, by: Person | None, at: datetime) -> None:
    """What was agreed is done. Raises ``WrongState`` the second time."""
    must_lead(by, decision.meeting, at=at)
    if not Decision.objects.filter(pk=decision.pk, done_at=None).update(done_at=at):
        raise WrongState
    noted("decision_done", decision.meeting, by=by, at=at, target=decision)


@transaction.atomic
def strike(*, row: Opinion | Offer | Attendance, by: Person | None, at: datetime) -> None:
    """Take out what somebody said, offered or signed, on their word (R79); a presence keeps its count."""
    must_lead(by, row.meeting, at=at)
    if isinstance(row, Attendance):
        row.name = ""
        row.save(update_fields=["name"])
    else:
        type(row)._default_manager.filter(pk=row.pk).delete()
    noted("struck", row.meeting, by=by, at=at, what=row._meta.model_name)


def _in(meeting: Meeting, states: set[State]) -> None:
    if not Meeting.objects.filter(pk=meeting.pk, state__in=states).exists():
        raise WrongState
