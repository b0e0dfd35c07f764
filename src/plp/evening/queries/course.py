"""What is prepared, done and left to do of one meeting, as counts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from plp.evening.models import Meeting
from plp.evening.queries.meetings import PresenceCounts, presence_counts
from plp.evening.queries.replies import reply_counts
from plp.evening.states import Voting


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
    )
