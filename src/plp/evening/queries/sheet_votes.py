"""The votes as they stand on the sheet of an evening: those prepared, and those that every evening has."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.text import capfirst

from plp.evening.models import Meeting, Question
from plp.evening.states import Purpose, Voting
from plp.membership.models import Candidate
from plp.membership.queries import candidates_of
from plp.membership.states import Candidacy

APPROVAL = str(Question.Kind.APPROVAL)


@dataclass(frozen=True)
class SheetVote:
    """One line of the sheet. ``key`` stays the same before and after its question is prepared: ``approval``, the
    candidate's, else the question's.
    """

    key: str
    title: str
    question: Question | None

    @property
    def is_on_person(self) -> bool:
        """Whether it names somebody."""
        return (self.question is None and self.key != APPROVAL) or (
            self.question is not None and self.question.kind == Question.Kind.PERSON
        )

    @property
    def is_open_to_typing(self) -> bool:
        """Whether its counts are typed here: nobody has voted by code or hands on the screens of the evening."""
        if self.question is None or self.question.state == Voting.PREPARED:
            return True
        return self.question.state == Voting.CLOSED and self.question.is_typed


def unasked_candidates(meeting: Meeting, questions: list[Question]) -> list[Candidate]:
    """The candidates on whom this meeting has no vote yet, the first put forward first: one query."""
    voted_on: set[UUID | None] = {question.subject for question in questions}
    waiting = candidates_of(meeting.partnership).filter(state=Candidacy.PROPOSED).order_by("proposed_at", "pk")
    return [candidate for candidate in waiting if candidate.pk not in voted_on]


def lacks_approval_vote(meeting: Meeting, questions: list[Question]) -> bool:
    """Whether an information evening has no vote on the partnership yet (R21)."""
    has_one = any(question.kind == Question.Kind.APPROVAL for question in questions)
    return meeting.purpose == Purpose.INFORMATION and not has_one


def sheet_votes(meeting: Meeting) -> list[SheetVote]:
    """The partnership first, then person by person: two queries."""
    questions = list(meeting.questions.all())
    lines = [SheetVote(_sheet_key_of_question(question), capfirst(question.title), question) for question in questions]
    if lacks_approval_vote(meeting, questions):
        lines.insert(0, SheetVote(APPROVAL, capfirst(str(Question.Kind.APPROVAL.label)), None))
    for candidate in unasked_candidates(meeting, questions):
        title = f"{candidate.person.name} ({candidate.get_function_display()})"
        lines.append(SheetVote(str(candidate.pk), title, None))
    return lines


def _sheet_key_of_question(question: Question) -> str:
    return APPROVAL if question.kind == Question.Kind.APPROVAL else str(question.subject or question.pk)


def unlinked_closed_votes(candidate: Candidate) -> list[Question]:
    """Closed votes of the partnership on a person for the same function who was no candidate yet, the newest first."""
    votes = Question.objects.filter(
        meeting__partnership=candidate.partnership_id,
        kind=Question.Kind.PERSON,
        function=candidate.function,
        subject=None,
        state=Voting.CLOSED,
    )
    return list(votes.select_related("meeting__partnership__area").order_by("-closed_at"))


def upcoming_vote_on_candidate(candidate: Candidate) -> Question | None:
    """The vote on a candidate that a meeting is still to hold."""
    votes = Question.objects.filter(subject=candidate.pk).exclude(state=Voting.CLOSED)
    return votes.select_related("meeting__partnership__area").first()
