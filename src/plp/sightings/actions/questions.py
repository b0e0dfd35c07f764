"""Questions and opinions: asked, answered, passed on to the other office, shared with all members (R26, R127, R135)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from plp.charter.queries import office_reading_member_letters
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import may, permission_holders, require
from plp.membership.queries import partnerships_of_member
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person
from plp.people.retention_terms import retention_term
from plp.sightings import refusals
from plp.sightings.letters import (
    mail_answer_link_to_asker,
    mail_new_question_to_office,
    mail_receipt_of_reply_to_member,
)
from plp.sightings.models import Question, SharedAnswer
from plp.sightings.queries.questions import OFFICES
from plp.sightings.rules import ANSWER_WITHIN, KEPT, LONGEST
from plp.sightings.states import ASKING, QuestionState
from plp.toolbox.crypto import digest
from plp.toolbox.ids import new_random_id
from plp.toolbox.moves import WrongState, move
from plp.toolbox.words import BadWords, normalise_text
from plp.wording.held_words import ANSWER_RULES, PUBLIC_RULES, require_text_passes_check
from plp.wording.witness import describes_plate_vehicle_or_person

MOST_WORDS, MOST_ANSWER, MOST_SHARED = 1000, 1000, 300
MOST_TAKEN, TAKEN_IN = 5, timedelta(days=1)  # answers of one member that become questions


@dataclass(frozen=True)
class NewQuestion:
    """What somebody asks. ``asker`` is a member of ``partnership``, ``None`` for a resident; ``key`` if it has one."""

    partnership: Partnership
    to: str
    kind: str
    words: str
    language: str
    asker: Person | None = None
    shows_name: bool = False
    key: UUID | None = None


@transaction.atomic
def ask_question_via_police(*, new_question: NewQuestion, by: Person | None, at: datetime) -> Question:  # noqa: ARG001 - noted nowhere
    """Send a question to the coordinator or the police of a partnership; an answer is due within seven days.

    The police read first what is meant for the coordinator, and pass it on: no words of anybody lie on a coordinator's
    desk that an officer did not read (ADR 85; R85, R122). Where it tells of a number plate, a vehicle or a person seen,
    they do not pass it on but answer it. ``for_coordinator`` of the answer says whether it may be passed on.

    Raises ``NotAMember``, ``NobodyAnswers`` or ``BadWords``.
    """
    partnership, to = new_question.partnership, Question.To(new_question.to)
    words = normalise_text(new_question.words, most=MOST_WORDS, lines=True)
    is_testimony = to == Question.To.COORDINATOR and describes_plate_vehicle_or_person(
        words, language=new_question.language
    )
    for_coordinator = to == Question.To.COORDINATOR and not is_testimony
    if (
        new_question.asker is not None
        and not partnerships_of_member(new_question.asker).filter(pk=partnership.pk).exists()
    ):
        raise refusals.NotAMember
    _require_somebody_answers(Question.To.POLICE, partnership, at=at)
    if for_coordinator:
        _require_somebody_answers(Question.To.COORDINATOR, partnership, at=at)
    question = Question.objects.create(
        id=new_question.key or new_random_id(),
        partnership=partnership,
        to=Question.To.POLICE,
        for_coordinator=for_coordinator,
        kind=Question.Kind(new_question.kind),
        words=words,
        asker=new_question.asker,
        shows_name=new_question.asker is not None and new_question.shows_name and not is_testimony,
        language=new_question.language,
        asked_at=at,
        due_at=at + ANSWER_WITHIN,
    )
    mail_new_question_to_office(question, by=None, at=at)
    _note_question(
        "asked", question, by=None, at=at, to=question.to
    )  # whoever reads the journal need not know who asked
    return question


@transaction.atomic
def turn_reply_into_question(*, contact: ContactPoint, text: str, event: str, at: datetime) -> bool:
    """Take what a member wrote on their own as a question of theirs for the coordinator (R127); say so to them.

    Where the plan narrows every kind of message to the police, or where it is the coordinator who writes (R41, R52), it
    is for the police.

    Whether it was taken: from a proven contact of a member of one partnership, in plain words, five times a day at
    most. The same ``event`` is taken once. Nobody else sees it, the other members least of all.
    """
    mine = list(partnerships_of_member(contact.person)[:2])
    if len(mine) != 1 or contact.confirmed_at is None or contact.stopped_at is not None:
        return False
    key = UUID(digest(event, purpose="answer")[:32])
    lately = Question.objects.filter(asker=contact.person, asked_at__gt=at - TAKEN_IN)
    if Question.objects.filter(pk=key).exists():
        return True
    is_own_desk = may(contact.person, Permission.QUESTION_COORDINATOR, mine[0].area, at=at)
    new_question = NewQuestion(
        partnership=mine[0],
        to=Question.To.POLICE if is_own_desk else office_reading_member_letters(mine[0]).value,
        kind=Question.Kind.QUESTION,
        words=text,
        language=contact.person.language,
        asker=contact.person,
        shows_name=is_own_desk,
        key=key,
    )
    if lately.count() >= MOST_TAKEN:
        return False
    try:
        question = ask_question_via_police(new_question=new_question, by=None, at=at)
    except (BadWords, refusals.NobodyAnswers):
        return False
    mail_receipt_of_reply_to_member(question, contact, at=at)
    return True


@transaction.atomic
def answer_question_and_notify_asker(*, question: Question, words: str, by: Person, at: datetime) -> None:
    """Answer whoever asked, and nobody else; also after an end, so that nobody waits for ever.

    Raises ``NotAllowed``, ``BadWords``, ``HeldWords`` or ``WrongState``.
    """
    require(by, OFFICES[Question.To(question.to)], question.partnership.area, at=at)
    answer = normalise_text(words, most=MOST_ANSWER, lines=True)
    rules = PUBLIC_RULES if question.to == Question.To.POLICE else ANSWER_RULES
    require_text_passes_check(answer, language=question.language, rules=rules)
    if Question.objects.select_for_update().get(pk=question.pk).to != question.to:  # passed on meanwhile
        raise WrongState
    move(question, QuestionState.ANSWERED, table=ASKING, answered_at=at, answered_by=by)
    question.answer = answer
    question.save(update_fields=["answer"])
    mail_answer_link_to_asker(question, by=by, at=at)
    _note_question("answered", question, by=by, at=at)


@transaction.atomic
def pass_question_to_police(*, question: Question, by: Person, at: datetime) -> None:
    """Give an open question of the coordinator's to the police, who do not see who asks; its term stays.

    It never comes back. Raises ``NotAllowed``, ``NobodyAnswers`` or ``WrongState``.
    """
    require(by, Permission.QUESTION_COORDINATOR, question.partnership.area, at=at)
    _require_somebody_answers(Question.To.POLICE, question.partnership, at=at)
    waiting = Question.objects.filter(pk=question.pk, state=QuestionState.OPEN, to=Question.To.COORDINATOR)
    if waiting.update(to=Question.To.POLICE, shows_name=False) != 1:
        raise WrongState
    question.to, question.shows_name = Question.To.POLICE, False
    mail_new_question_to_office(question, by=by, at=at)
    _note_question("passed_on", question, by=by, at=at)


@transaction.atomic
def pass_question_to_coordinator(*, question: Question, by: Person, at: datetime) -> None:
    """Give the coordinator an open question that was meant for them, read by the police ``by``; its term stays.

    Nothing else: what somebody tells the police is not for the coordinator. Raises ``NotAllowed``, ``NobodyAnswers`` or
    ``WrongState``.
    """
    require(by, Permission.QUESTION_POLICE, question.partnership.area, at=at)
    _require_somebody_answers(Question.To.COORDINATOR, question.partnership, at=at)
    waiting = Question.objects.filter(
        pk=question.pk, state=QuestionState.OPEN, to=Question.To.POLICE, for_coordinator=True
    )
    if waiting.update(to=Question.To.COORDINATOR, for_coordinator=False) != 1:
        raise WrongState
    question.to, question.for_coordinator = Question.To.COORDINATOR, False
    mail_new_question_to_office(question, by=by, at=at)
    _note_question("passed_on", question, by=by, at=at)


@transaction.atomic
def share_answer(
    *, question: Question, language: str, question_text: str, answer_text: str, by: Person, at: datetime
) -> SharedAnswer:
    """Show an answered question to all members, in the coordinator's own words and without a name (R135).

    Both texts pass the message check. Raises ``NotAllowed``, ``NotShareable``, ``HeldWords`` or ``BadWords``.
    """
    require(by, Permission.QUESTION_COORDINATOR, question.partnership.area, at=at)
    require_living(question.partnership)
    fitting = question.to == Question.To.COORDINATOR and question.state == QuestionState.ANSWERED
    if not fitting or SharedAnswer.objects.filter(question=question).exists():
        raise refusals.NotShareable
    words = normalise_text(question_text, most=MOST_SHARED), normalise_text(answer_text, most=MOST_ANSWER, lines=True)
    require_text_passes_check("\n\n".join(words), language=language)
    shared = SharedAnswer.objects.create(
        partnership=question.partnership,
        question=question,
        language=language,
        asked=words[0],
        answered=words[1],
        by=by,
        at=at,
    )
    _note_question("shared", question, by=by, at=at)
    return shared


@transaction.atomic
def delete_shared_answer(*, shared: SharedAnswer, by: Person, at: datetime) -> None:
    """Show a shared answer no longer. Raises ``NotAllowed``."""
    area = shared.partnership.area
    require(by, Permission.QUESTION_COORDINATOR, area, at=at)
    note(verb="question.taken_back", by=by, at=at, area=area.path, target=shared)
    shared.delete()


@transaction.atomic
def delete_old_questions(*, by: Person | None, at: datetime) -> int:
    """Delete the questions that were answered a year ago or more (R84); answer how many. What is shared stays.

    What the police did not pass on, or what tells them of a vehicle or a person, goes as a report does, thirty days
    after the answer (R85). For the machine, once a day.
    """
    answered = Question.objects.filter(state=QuestionState.ANSWERED)
    old = set(answered.filter(answered_at__lte=at - retention_term("questions", LONGEST)).values_list("pk", flat=True))
    for question in answered.filter(to=Question.To.POLICE, answered_at__lte=at - retention_term("sightings", KEPT)):
        if question.for_coordinator or describes_plate_vehicle_or_person(question.words, language=question.language):
            old.add(question.pk)
    number = len(old)
    if number:
        Question.objects.filter(pk__in=old).delete()
        note(verb="question.deleted", by=by, at=at, questions=number)
    return number


def _require_somebody_answers(office: Question.To, partnership: Partnership, *, at: datetime) -> None:
    """Refuse where nobody reads for an office. Raises ``NobodyAnswers``."""
    if not permission_holders(OFFICES[office], partnership.area, at=at).exists():
        raise refusals.NobodyAnswers


def _note_question(verb: str, question: Question, *, by: Person | None, at: datetime, **details: object) -> None:
    area = question.partnership.area.path
    note(verb=f"question.{verb}", by=by, at=at, area=area, target=question, **details)
