"""What people say, offer and agree: opinions with their answers, volunteers, decisions (R23, R25, R26)."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from plp.delivery.installed import channels
from plp.evening import refusals
from plp.evening.guards import note_in_journal, require_leader, require_texts_pass_check
from plp.evening.models import Attendance, Decision, Meeting, Offer, Opinion
from plp.evening.states import MeetingState
from plp.partnership.common_sentences import translations_of
from plp.partnership.translations import TranslatedText
from plp.people.models import Person
from plp.people.rules import TELEPHONE, clean_name
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState

MOST_WORDS = 1_500
MOST_LINE = 200
MOST_ROWS = 500  # of opinions, and of offers, at one meeting
SAID = {MeetingState.CONVENED, MeetingState.OPEN, MeetingState.HELD, MeetingState.MINUTED}
AGREED = {MeetingState.OPEN, MeetingState.HELD, MeetingState.MINUTED}
TASKS = ("committee", "coordinator", "deputy", "letters", "welcome", "languages", "other")


def normalised_phone_or_email(typed: str) -> str:
    """A telephone number, or an e-mail address in its one form: nothing else fits here. Raises ``BadAddress``."""
    reach = " ".join(typed.split())
    return reach if re.fullmatch(TELEPHONE, reach) else channels()["email"].normalise(reach)


@transaction.atomic
def record_opinion(*, meeting: Meeting, about: str, view: str, name: str, by: Person, at: datetime) -> Opinion:
    """Keep an opinion; ``name`` may stay empty (R26). Not noted with an hour: who says nothing of themselves stays so.

    As whoever leads the meeting heard it, by choices alone: what somebody writes, the police read first (ADR 85).
    Raises ``WordsMissing``, ``BadName``, ``MeetingFull``, ``WrongState``.
    """
    require_leader(by, meeting, at=at)
    _require_meeting_in_states(meeting, SAID)
    if about not in Opinion.About.values or view not in Opinion.View.values:
        raise refusals.WordsMissing
    if meeting.opinions.count() >= MOST_ROWS:
        raise refusals.MeetingFull
    who = clean_name(name) if name.strip() else ""
    return Opinion.objects.create(meeting=meeting, about=about, view=view, name=who)


@transaction.atomic
def answer_opinion(*, opinion: Opinion, answer: str, by: Person | None, at: datetime) -> None:
    """Answer an opinion (R26); the answer can be written anew. Raises ``WordsMissing`` or ``HeldWords``."""
    require_leader(by, opinion.meeting, at=at)
    text = answer.strip()[:MOST_WORDS]
    if not text:
        raise refusals.WordsMissing
    require_texts_pass_check(opinion.meeting, text)
    Opinion.objects.filter(pk=opinion.pk).update(answer=text, answered_at=at)
    opinion.answer, opinion.answered_at = text, at
    note_in_journal("opinion_answered", opinion.meeting, by=by, at=at, target=opinion)


@transaction.atomic
def record_help_offer(
    *, meeting: Meeting, name: str, reach: str, tasks: Iterable[str], by: Person | None, at: datetime
) -> Offer:
    """Somebody wants to help (R23): who, how to reach them, with what (``TASKS``).

    Raises ``WordsMissing`` without name or address, ``BadName``, ``BadAddress``, ``MeetingFull``, ``WrongState``.
    """
    require_leader(by, meeting, at=at)
    _require_meeting_in_states(meeting, SAID)
    if not (name.strip() and reach.strip()):
        raise refusals.WordsMissing
    who, where = clean_name(name), normalised_phone_or_email(reach)
    if meeting.offers.count() >= MOST_ROWS:
        raise refusals.MeetingFull
    chosen = [task for task in TASKS if task in set(tasks)]
    offer = Offer.objects.create(meeting=meeting, name=who, reach=where, tasks=chosen)
    note_in_journal("help_offered", meeting, by=by, at=at, target=offer)
    return offer


@transaction.atomic
def note_volunteer_contacted(*, offer: Offer, by: Person | None, at: datetime) -> None:
    """Note that the volunteer was spoken to. Raises ``WrongState`` the second time."""
    require_leader(by, offer.meeting, at=at)
    if not Offer.objects.filter(pk=offer.pk, taken_up_at=None).update(taken_up_at=at):
        raise WrongState
    note_in_journal("offer_taken_up", offer.meeting, by=by, at=at, target=offer)


@transaction.atomic
def assign_task_to_volunteer(*, offer: Offer, task: str, until: date, by: Person | None, at: datetime) -> None:
    """Note the task that somebody was asked for and by when; they count as spoken to. A second one replaces the first.

    Raises ``WordsMissing``, and ``TaskInThePast`` for a day that is over.
    """
    require_leader(by, offer.meeting, at=at)
    words = " ".join(task.split())[:MOST_LINE]
    if not words:
        raise refusals.WordsMissing
    if until < local(at).date():
        raise refusals.TaskInThePast
    offer.task, offer.task_until, offer.taken_up_at = words, until, offer.taken_up_at or at
    offer.save(update_fields=["task", "task_until", "taken_up_at"])
    note_in_journal("volunteer_asked", offer.meeting, by=by, at=at, target=offer)


@transaction.atomic
def record_decision(
    *,
    meeting: Meeting,
    about: str,
    words: str,
    owner: str,
    due: date,
    by: Person | None,
    at: datetime,
    language: str = "",
) -> Decision:
    """Keep an agreement with who sees to it and by when (R25).

    ``language``: that of ``words``, whose common sentences bring their sisters; the first of the meeting where it
    is none of the meeting's.
    Raises ``WordsMissing``, ``HeldWords``, ``TaskInThePast`` and ``WrongState``.
    """
    require_leader(by, meeting, at=at)
    _require_meeting_in_states(meeting, AGREED)
    text, who = " ".join(words.split())[:400], " ".join(owner.split())[:MOST_LINE]
    if not (text and who) or about not in Decision.About.values:
        raise refusals.WordsMissing
    require_texts_pass_check(meeting, text)
    require_texts_pass_check(meeting, who, is_name=True)
    if due < meeting.starts_at.date():
        raise refusals.TaskInThePast(field="due")
    decision = Decision(meeting=meeting, about=about, words=text, owner=who, due=due)
    if language in meeting.languages:
        decision.set_text("words", TranslatedText(text, language, translations_of("agreement", text, language)))
    decision.save(force_insert=True)
    note_in_journal("decided", meeting, by=by, at=at, target=decision, about=about)
    return decision


@transaction.atomic
def note_decision_done(*, decision: Decision, by: Person | None, at: datetime) -> None:
    """What was agreed is done. Raises ``WrongState`` the second time."""
    require_leader(by, decision.meeting, at=at)
    if not Decision.objects.filter(pk=decision.pk, done_at=None).update(done_at=at):
        raise WrongState
    note_in_journal("decision_done", decision.meeting, by=by, at=at, target=decision)


@transaction.atomic
def delete_or_anonymise_contribution(*, row: Opinion | Offer | Attendance, by: Person | None, at: datetime) -> None:
    """Take out what somebody said, offered or signed, on their word (R79); a presence keeps its count."""
    require_leader(by, row.meeting, at=at)
    if isinstance(row, Attendance):
        row.name = ""
        row.save(update_fields=["name"])
    else:
        type(row)._default_manager.filter(pk=row.pk).delete()
    note_in_journal("struck", row.meeting, by=by, at=at, what=row._meta.model_name)


def _require_meeting_in_states(meeting: Meeting, states: set[MeetingState]) -> None:
    if not Meeting.objects.filter(pk=meeting.pk, state__in=states).exists():
        raise WrongState
