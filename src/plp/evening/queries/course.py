"""What is prepared, done and left to do of one meeting, as counts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, Sum

from plp.delivery.models import Dispatch
from plp.delivery.queries import channels_by_hand
from plp.delivery.states import MESSAGE_STOPPED, SCHEDULED
from plp.delivery.states import State as CopyState
from plp.evening.letters import INVITATION
from plp.evening.models import Meeting
from plp.evening.queries.meetings import PresenceCounts, presence_counts
from plp.evening.queries.replies import reply_counts
from plp.evening.states import Voting


@dataclass(frozen=True)
class InvitationCopies:
    """The messages that invite, without those that people carry: what left, what waits for the morning and until when.

    What was stopped before it left is in neither.
    """

    sent: int
    waiting: int
    waiting_until: datetime | None


@dataclass(frozen=True)
class MeetingCounts:
    """Each count of a meeting that its page shows. ``letters`` and ``delivered`` are doors."""

    present: PresenceCounts
    coming: int
    points: int
    treated: int
    votes: int
    votes_closed: int
    letters: int
    delivered: int
    ballots: int
    waiting_voices: int
    voices: int
    agreements: int
    open_agreements: int
    minutes_sent_at: datetime | None
    invited: InvitationCopies


def invitation_copies(meeting: Meeting) -> InvitationCopies:
    """How many invitations to a meeting have left and how many wait: one query."""
    copies = Dispatch.objects.filter(message__subject=meeting.pk, message__purpose=INVITATION.purpose)
    waits = Q(state=CopyState.HELD, reason=SCHEDULED)
    counts = copies.exclude(channel__in=channels_by_hand()).aggregate(
        waiting=Count("pk", filter=waits),
        until=Min("due_at", filter=waits),
        stopped=Count("pk", filter=Q(state=CopyState.STOPPED, reason=MESSAGE_STOPPED)),
    )
    sent = max(0, meeting.mails - counts["waiting"] - counts["stopped"])
    return InvitationCopies(sent, counts["waiting"], counts["until"])


def meeting_counts(meeting: Meeting) -> MeetingCounts:
    """The counts of one meeting: some ten queries, however long its lists are."""
    points = meeting.points.aggregate(all=Count("pk"), treated=Count("ticked_at"))
    votes = meeting.questions.aggregate(all=Count("pk"), closed=Count("pk", filter=Q(state=Voting.CLOSED)))
    letters = meeting.invitations.aggregate(
        all=Sum("doors"), delivered=Sum("doors", filter=Q(carried_at__isnull=False))
    )
    opinions = meeting.opinions.aggregate(all=Count("pk"), answered=Count("answered_at"))
    offers = meeting.offers.aggregate(all=Count("pk"), taken_up=Count("taken_up_at"))
    agreements = meeting.decisions.aggregate(all=Count("pk"), done=Count("done_at"))
    sent = meeting.minutes.exclude(sent_at=None).values_list("sent_at", flat=True).first()
    voices = opinions["all"] + offers["all"]
    return MeetingCounts(
        present=presence_counts(meeting),
        coming=reply_counts(meeting).coming,
        points=points["all"],
        treated=points["treated"],
        votes=votes["all"],
        votes_closed=votes["closed"],
        letters=letters["all"] or 0,
        delivered=letters["delivered"] or 0,
        ballots=meeting.slips.count(),
        waiting_voices=voices - opinions["answered"] - offers["taken_up"],
        voices=voices,
        agreements=agreements["all"],
        open_agreements=agreements["all"] - agreements["done"],
        minutes_sent_at=sent,
        invited=invitation_copies(meeting),
    )
