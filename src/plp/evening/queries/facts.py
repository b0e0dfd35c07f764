"""What the evenings of a partnership have come to, for the step plan above (R18-R25)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, QuerySet, Sum

from plp.evening.models import Decision, Invitation, Meeting, Question
from plp.evening.rules import VoteResult
from plp.evening.states import MeetingState, Purpose, Voting
from plp.partnership.models import Partnership


@dataclass(frozen=True)
class InvitationCounts:
    """The invitation in counts: letters per door, streets, e-mails queued. False when none."""

    doors: int = 0
    streets: int = 0
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
    decisions: int
    minutes_approved_at: datetime | None


def evening_facts(partnership: Partnership) -> EveningFacts:
    """The facts of the information evening held last, else of the one planned last: at most five queries.

    ``approval`` is the last closed vote on the partnership and its objectives, of any meeting.
    """
    meetings = Meeting.objects.filter(partnership=partnership)
    meeting = _latest_information_evening(partnership)
    votes = Question.objects.filter(meeting__in=meetings, state=Voting.CLOSED, kind=Question.Kind.APPROVAL)
    approval = votes.order_by("closed_at").last()
    return EveningFacts(
        planned=meeting,
        convened_at=meeting.convened_at if meeting else None,
        invited=_invitation_counts(meeting),
        held_at=meeting.held_at if meeting else None,
        points_ticked=_ticked_points(meeting),
        approval=approval.result if approval else None,
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


def _ticked_points(meeting: Meeting | None) -> frozenset[str]:
    return frozenset(meeting.points.exclude(ticked_at=None).values_list("key", flat=True)) if meeting else frozenset()


def _invitation_counts(meeting: Meeting | None) -> InvitationCounts:
    if meeting is None or meeting.invited_at is None:
        return InvitationCounts()
    found = Invitation.objects.filter(meeting=meeting).aggregate(doors=Sum("doors"), streets=Count("pk"))
    return InvitationCounts(
        **{key: value or 0 for key, value in found.items()}, mails=meeting.mails, at=meeting.invited_at
    )
