"""Reads about questions: for whom they are, for whoever asked, and what is shared with the members."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.mandates.scopes import AreaScope
from plp.membership.queries import partnerships_of_member
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person
from plp.sightings.models import Question, SharedAnswer
from plp.sightings.states import QuestionState

OFFICES = {
    Question.To.COORDINATOR: Permission.QUESTION_COORDINATOR,
    Question.To.POLICE: Permission.QUESTION_POLICE,
}


def questions_in_scope(person: Person | None, permission: Permission, *, at: datetime) -> QuerySet[Question]:
    """The questions that ``person`` answers with ``permission``: those to their own office, the oldest first (T10).

    The coordinator does not see what was asked of the police, nor the police what was asked of the coordinator.
    """
    to = next(office for office, needed in OFFICES.items() if needed == permission)
    questions = Question.objects.filter(to=to, partnership__area__in=permitted_areas(person, permission, at=at))
    return questions.select_related("partnership__area", "asker", "shared").order_by("asked_at")


OPEN_QUESTIONS = OpenRows(
    f"FROM sightings_question t WHERE t.state = '{QuestionState.OPEN}' AND t.partnership_id IN {{partnerships}}"
)


def count_questions_awaiting_police_review(person: Person | None, *, at: datetime) -> int:
    """How many letters to a coordinator the police have not passed on yet: their number, and nothing else of them."""
    areas = permitted_areas(person, Permission.QUESTION_COORDINATOR, at=at)
    waiting = Question.objects.filter(to=Question.To.POLICE, for_coordinator=True, state=QuestionState.OPEN)
    return waiting.filter(partnership__area__in=areas).count()


def _open_question_due_times(areas: AreaScope, to: Question.To) -> QuerySet[Question, datetime]:
    open_ones = Question.objects.filter(to=to, partnership__area__in=areas, state=QuestionState.OPEN)
    return open_ones.order_by("asked_at").values_list("due_at", flat=True)


def question_due_times(person: Person, office: Question.To, *, at: datetime) -> list[datetime]:
    """By when the open questions to an office of ``person`` are to be answered: one query."""
    if not OPEN_QUESTIONS.may_exist_for(person):
        return []
    return list(_open_question_due_times(permitted_areas(person, OFFICES[office], at=at), office))


def open_questions(partnership: Partnership | None = None, *, to: str = "") -> QuerySet[Question]:
    """The questions without an answer, the one due first at the head: for desks and clocks."""
    questions = Question.objects.filter(state=QuestionState.OPEN).select_related("partnership__area").order_by("due_at")
    if partnership is not None:
        questions = questions.filter(partnership=partnership)
    return questions.filter(to=to) if to else questions


def question_behind_link(question_id: UUID) -> Question | None:
    """The question behind a secret link; ``None`` when it is gone."""
    return Question.objects.select_related("partnership__area").filter(pk=question_id).first()


def questions_of_asker(person: Person) -> QuerySet[Question]:
    """What a member asked, the newest first."""
    return Question.objects.filter(asker=person).select_related("partnership__area").order_by("-asked_at")


def shared_answers_for_member(person: Person) -> QuerySet[SharedAnswer]:
    """The shared answers of the partnerships of a member, the newest first."""
    mine = SharedAnswer.objects.filter(partnership__in=partnerships_of_member(person))
    return mine.select_related("partnership__area").order_by("-at")


def shared_answers_in_scope(person: Person | None, *, at: datetime) -> QuerySet[SharedAnswer]:
    """The shared answers that ``person`` may take back."""
    areas = permitted_areas(person, Permission.QUESTION_COORDINATOR, at=at)
    return SharedAnswer.objects.filter(partnership__area__in=areas).select_related("partnership__area")
