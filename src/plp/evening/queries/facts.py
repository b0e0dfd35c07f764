"""What the evenings of a partnership have come to, for the step plan above (R18-R25)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Sum

from plp.evening.models import Decision, Invitation, Meeting, Question
from plp.evening.rules import VoteResult
from plp.evening.states import MeetingState, Purpose, Voting
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership


@dataclass(frozen=True)
class InvitationCounts:
    """The invitation in counts: letters per door, streets printed and carried, e-mails queued. False when none."""

    doors: int = 0
    streets: int = 0
    streets_printed: int = 0
    streets_carried: int = 0
    mails: int = 0
    at: datetime | None = None

    def __bool__(self) -> bool:
        return self.at is not None


@dataclass(frozen=True)
class EveningFacts:
    """Where a partnership stands with its information evening. ``planned`` is the meeting the other facts are of."""

    planned: Meeting | None
    convened_at: datetime | None
    invited: InvitationCounts
    held_at: datetime | None
    points_ticked: frozenset[str]
    approval: VoteResult | None
    committee_votes: list[VoteResult]
    coordinator_votes: list[VoteResult]
    participants_collected: int
    decisions: int
    minutes_approved_at: datetime | None


def evening_facts(partnership: Partnership) -> EveningFacts:
    """The facts of the information evening held last, else of the one planned last; votes on persons of every meeting.

    ``approval`` is the last closed vote on the partnership and its objectives. ``participants_collected`` counts who
    registered, and the forms on paper that are not typed in yet. At most six queries.
    """
    meetings = Meeting.objects.filter(partnership=partnership)
    meeting = _latest_information_evening(partnership)
    votes = list(Question.objects.filter(meeting__in=meetings, state=Voting.CLOSED).order_by("closed_at"))
    approvals = [vote.result for vote in votes if vote.kind == Question.Kind.APPROVAL]
    return EveningFacts(
        planned=meeting,
        convened_at=meeting.convened_at if meeting else None,
        invited=_invitation_counts(meeting),
        held_at=meeting.held_at if meeting else None,
        points_ticked=_ticked_points(meeting),
        approval=approvals[-1] if approvals else None,
        committee_votes=_vote_results(votes, {Question.Function.COMMITTEE}),
        coordinator_votes=_vote_results(votes, {Question.Function.COORDINATOR, Question.Function.DEPUTY}),
        participants_collected=_count_applicants_members_and_forms(partnership, meeting),
        decisions=Decision.objects.filter(meeting__in=meetings).count(),
        minutes_approved_at=meeting.approved_at if meeting else None,
    )


def undelivered_invitations(partnership: Partnership) -> QuerySet[Invitation]:
    """The streets whose letters to the evening of ``evening_facts`` are not noted as delivered, by name."""
    waiting = Invitation.objects.filter(meeting=_latest_information_evening(partnership), carried_at=None)
    return waiting.select_related("street").order_by("street__folded", "pk")


def _latest_information_evening(partnership: Partnership) -> Meeting | None:
    evenings = Meeting.objects.filter(partnership=partnership, purpose=Purpose.INFORMATION)
    not_cancelled = evenings.exclude(state=MeetingState.CANCELLED)
    return not_cancelled.order_by(F("held_at").desc(nulls_last=True), "-starts_at").first()


def _vote_results(votes: list[Question], functions: set[str]) -> list[VoteResult]:
    return [vote.result for vote in votes if vote.function in functions and vote.result is not None]


def _ticked_points(meeting: Meeting | None) -> frozenset[str]:
    return frozenset(meeting.points.exclude(ticked_at=None).values_list("key", flat=True)) if meeting else frozenset()


def _invitation_counts(meeting: Meeting | None) -> InvitationCounts:
    if meeting is None or meeting.invited_at is None:
        return InvitationCounts()
    found = Invitation.objects.filter(meeting=meeting).aggregate(
        doors=Sum("doors"),
        streets=Count("pk"),
        streets_printed=Count("pk", filter=Q(printed_at__isnull=False)),
        streets_carried=Count("pk", filter=Q(carried_at__isnull=False)),
    )
    return InvitationCounts(
        **{key: value or 0 for key, value in found.items()}, mails=meeting.mails, at=meeting.invited_at
    )


def _count_applicants_members_and_forms(partnership: Partnership, meeting: Meeting | None) -> int:
    inside = [Belonging.PENDING, Belonging.ACTIVE]
    registered = Membership.objects.filter(partnership=partnership, state__in=inside).count()
    return registered + (meeting.forms if meeting else 0)
