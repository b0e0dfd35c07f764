"""Whom a meeting elected before they registered: on the page of people they wait to become candidates."""

from dataclasses import dataclass

from django.db.models import QuerySet

from plp.evening.models import Meeting, Offer, Question
from plp.evening.rules import VoteResult
from plp.evening.states import Voting
from plp.partnership.models import Partnership
from plp.partnership.states import State


@dataclass(frozen=True)
class Elected:
    """Somebody whom the members chose and whom we do not know yet; ``reach`` is what they wrote, if anything."""

    question: Question
    result: VoteResult
    reach: str

    @property
    def name(self) -> str:
        """As it was voted on."""
        return self.question.label


def elected_before_registering(partnership: Partnership) -> list[Elected]:
    """Those of one partnership, the newest vote first, each once for a function: two queries."""
    seen: dict[tuple[str, str], Elected] = {}
    for elected in _elected_persons_without_candidate(Question.objects.filter(meeting__partnership=partnership)):
        seen.setdefault((elected.name.casefold(), elected.question.function), elected)
    return list(seen.values())


def all_elected_who_left_a_contact() -> list[Elected]:
    """Those of every living partnership who can be found by what they wrote: two queries."""
    living = Question.objects.exclude(meeting__partnership__state__in=[State.ENDED, State.MERGED])
    return [elected for elected in _elected_persons_without_candidate(living) if elected.reach]


def comparable_names_elected_at(meeting: Meeting) -> set[str]:
    """Whom a meeting elected, by name as it is compared."""
    votes = meeting.questions.filter(kind=Question.Kind.PERSON, state=Voting.CLOSED)
    return {vote.label.casefold() for vote in votes if vote.result and vote.result.is_approved}


def _elected_persons_without_candidate(questions: QuerySet[Question]) -> list[Elected]:
    unknown = questions.filter(kind=Question.Kind.PERSON, state=Voting.CLOSED, subject=None)
    votes = list(unknown.select_related("meeting__partnership__area").order_by("-closed_at"))
    offers = Offer.objects.filter(meeting__in={vote.meeting_id for vote in votes}) if votes else []
    reach = {(offer.meeting_id, offer.name.casefold()): offer.reach for offer in offers}
    return [
        Elected(vote, vote.result, reach.get((vote.meeting_id, vote.label.casefold()), ""))
        for vote in votes
        if vote.result and vote.result.is_approved
    ]
