"""The figures of a period, counted in the rooms below and typed nowhere (R139, R140)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, Sum

from plp.charter.kinds import KINDS
from plp.charter.models import PlanRule
from plp.delivery.models import Message
from plp.delivery.queries import tallies_by_channel_of_left
from plp.evaluation.queries.answer_times import release_and_answer_minutes
from plp.evaluation.rules import is_night, median_and_longest_minutes, months_between, period_bounds
from plp.evening.models import Attendance, Meeting
from plp.evening.states import MeetingState as Evening
from plp.followup.models import InformationRequest
from plp.followup.queries.ratings import average_grades_of_period
from plp.followup.states import RequestState
from plp.membership.models import Membership
from plp.notices.models import Notice
from plp.notices.states import State
from plp.partnership.models import Partnership
from plp.places.queries import municipalities_of_quarter
from plp.sightings.models import Question, Referral
from plp.sightings.queries import count_sightings
from plp.sightings.states import QuestionState
from plp.toolbox.clock import local

HELD = (Evening.HELD, Evening.MINUTED, Evening.APPROVED)


@dataclass(frozen=True)
class Figures:
    """Counts of one period; no row behind them. ``by_kind`` and ``reach`` hold what occurred, the rest every number.

    ``reach``: channel to ``[copies, arrived or handed over, not arrived]``, each copy by the channel it took last.
    ``relay``: "urgent" and "other" to ``[median minutes, longest]``, without what went directly by the plan.
    ``quality`` and ``timeliness``: what the police thought of the exchanges that they rated, from 1 to 4.
    """

    by_kind: dict[str, int]
    urgent_day: int
    urgent_night: int
    feedback: int
    advice: int
    direct: int
    relay: dict[str, list[int]]
    reach: dict[str, list[int]]
    feedback_due: int
    feedback_in_time: int
    feedback_late: int
    requests: int
    requests_answered: int
    requests_refused: int
    requests_late: int
    questions: int
    questions_answered: int
    sightings: int
    members_in: int
    members_out: int
    members_end: int
    meetings: int
    attendance: int
    rated: int = 0  # what reports from before the ratings do not hold
    quality: float | None = None
    timeliness: float | None = None
    referred: int = 0  # to the municipality; reports from before it do not hold these
    referred_done: int = 0
    by_month: dict[str, int] = field(default_factory=dict)  # "2026-01" to messages; empty in reports from before it
    answers: dict[str, list[int]] = field(
        default_factory=dict
    )  # as ``release_and_answer_minutes``; empty in earlier reports

    @property
    def messages(self) -> int:
        """All messages that were relayed."""
        return sum(self.by_kind.values())

    @property
    def urgent(self) -> int:
        """Alarms and the other urgent ones."""
        return self.urgent_day + self.urgent_night

    def as_json(self) -> dict[str, Any]:
        """The shape in which a frozen report keeps them."""
        return asdict(self)


def figures_of(partnership: Partnership, begins: date, until: date, *, at: datetime) -> Figures:
    """What the ledger says of a period, both days included, as known at ``at``. The queries do not grow with it."""
    start, end = period_bounds(begins, until)
    relayed = list(
        Notice.objects.filter(partnership=partnership, relayed_at__gte=start, relayed_at__lt=end).select_related(
            "release", "relay"
        )
    )
    return Figures(
        **_message_figures(relayed),
        by_month=_messages_by_month_of_period(relayed, begins, until),
        **_feedback_figures(partnership, relayed, at=at),
        **_police_request_and_question_figures(partnership, start, end, at=at),
        **_member_figures(partnership, start, end),
        **_meeting_figures(partnership, start, end),
        **_rating_figures(partnership, start, end),
        **_municipal_sighting_and_referral_figures(partnership, begins, until),
        answers={
            key: list(pair)
            for key, pair in release_and_answer_minutes([partnership.pk], since=start, until=end).items()
        },
    )


def _message_figures(relayed: Sequence[Notice]) -> dict[str, Any]:
    """How many, of which kind, when, how fast they were relayed, whom they reached."""
    urgent = [one.relayed_at for one in relayed if KINDS[one.kind].urgent and one.relayed_at]
    feedback = sum(1 for one in relayed if one.kind == "feedback")
    nights = sum(1 for moment in urgent if is_night(moment))
    hand = [one for one in relayed if not one.relay.is_direct]
    spans = {
        "urgent": median_and_longest_minutes(one.relay.at - one.release.at for one in hand if KINDS[one.kind].urgent),
        "other": median_and_longest_minutes(
            one.relay.at - one.release.at for one in hand if not KINDS[one.kind].urgent
        ),
    }
    reached = tallies_by_channel_of_left(Message.objects.filter(pk__in=[one.relay.message_id for one in relayed]))
    return {
        "by_kind": dict(sorted(Counter(one.kind for one in relayed).items())),
        "urgent_day": len(urgent) - nights,
        "urgent_night": nights,
        "feedback": feedback,
        "advice": len(relayed) - len(urgent) - feedback,
        "direct": len(relayed) - len(hand),
        "relay": {key: list(pair) for key, pair in spans.items() if pair},
        "reach": {channel: [one.audience, one.reached, one.lost] for channel, one in reached.items()},
    }


def _messages_by_month_of_period(relayed: Sequence[Notice], begins: date, until: date) -> dict[str, int]:
    """How many messages went out in each month of the period, months without one too."""
    counted = Counter(f"{local(one.relayed_at):%Y-%m}" for one in relayed if one.relayed_at)
    return {month: counted[month] for month in (f"{first:%Y-%m}" for first in months_between(begins, until))}


def _feedback_figures(partnership: Partnership, relayed: Sequence[Notice], *, at: datetime) -> dict[str, Any]:
    """Feedback that the plan in force at the time promised: how many, given in time, given late or still owed."""
    promised = list(
        PlanRule.objects.filter(plan__partnership=partnership, feedback_hours__isnull=False).values_list(
            "kind", "feedback_hours", "plan__in_force_from", "plan__in_force_until"
        )
    )
    answers = Notice.objects.filter(answers__in=relayed, relayed_at__isnull=False).order_by("answers")
    answered = dict(answers.values_list("answers").annotate(first=Min("relayed_at")))
    corrected = set(Notice.objects.filter(corrects__in=relayed).values_list("corrects", flat=True))
    due = in_time = late = 0
    for one in relayed:
        moment = one.relayed_at
        if moment is None or one.pk in corrected or one.state != State.RELAYED:
            continue
        hours = next(
            (hours for kind, hours, *term in promised if kind == one.kind and _plan_was_in_force(moment, *term)), None
        )
        if hours is None:
            continue
        due += 1
        deadline, given = moment + timedelta(hours=hours), answered.get(one.pk)
        in_time += given is not None and given <= deadline
        late += (given or at) > deadline
    return {"feedback_due": due, "feedback_in_time": in_time, "feedback_late": late}


def _rating_figures(partnership: Partnership, start: datetime, end: datetime) -> dict[str, Any]:
    """What the police said of the exchanges: how many, and the mean grades to one decimal (R56)."""
    found = average_grades_of_period(since=start, until=end, partnership=partnership)
    means = {"quality": found.quality, "timeliness": found.timeliness}
    return {"rated": found.number, **{key: None if mean is None else round(mean, 1) for key, mean in means.items()}}


def _plan_was_in_force(moment: datetime, begins: datetime | None, ends: datetime | None) -> bool:
    """Whether a plan was in force at ``moment``."""
    return begins is not None and begins <= moment and (ends is None or moment < ends)


def _police_request_and_question_figures(
    partnership: Partnership, start: datetime, end: datetime, *, at: datetime
) -> dict[str, Any]:
    """Requests to the police and questions of the members, by the day on which they were asked."""
    period = Q(partnership=partnership, asked_at__gte=start, asked_at__lt=end)
    late = Q(ended_at__gt=F("due_at")) | Q(ended_at=None, due_at__lt=at)
    requests = InformationRequest.objects.filter(period).aggregate(
        requests=Count("pk"),
        requests_answered=Count("pk", filter=Q(state=RequestState.ANSWERED)),
        requests_refused=Count("pk", filter=Q(state=RequestState.REFUSED)),
        requests_late=Count("pk", filter=late),
    )
    questions = Question.objects.filter(period).aggregate(
        questions=Count("pk"), questions_answered=Count("pk", filter=Q(state=QuestionState.ANSWERED))
    )
    return {**requests, **questions}


def _member_figures(partnership: Partnership, start: datetime, end: datetime) -> dict[str, Any]:
    """Who came, who went, how many there were at the end: counts."""
    came, gone = Q(joined_at__lt=end), Q(left_at__lt=end)
    return Membership.objects.filter(partnership=partnership, joined_at__isnull=False).aggregate(
        members_in=Count("pk", filter=came & Q(joined_at__gte=start)),
        members_out=Count("pk", filter=gone & Q(left_at__gte=start)),
        members_end=Count("pk", filter=came & (Q(left_at=None) | Q(left_at__gte=end))),
    )


def _meeting_figures(partnership: Partnership, start: datetime, end: datetime) -> dict[str, Any]:
    """Meetings that were held, and how many came in all."""
    held = Meeting.objects.filter(partnership=partnership, state__in=HELD, starts_at__gte=start, starts_at__lt=end)
    came = Attendance.objects.filter(meeting__in=held).aggregate(attendance=Sum("persons", default=0))
    return {"meetings": held.count(), **came}


def _municipal_sighting_and_referral_figures(partnership: Partnership, begins: date, until: date) -> dict[str, Any]:
    """What was reported through this site in the municipality, for a sighting names no partnership (R75); how much of
    it the police handed to the municipality, and what is done there.
    """
    after = until + timedelta(days=1)
    counts = [count_sightings(one, since=begins, until=after) for one in municipalities_of_quarter(partnership.area)]
    return {
        "sightings": sum(count["kind"].total() for count in counts),
        "referred": sum(count["referral"].total() for count in counts),
        "referred_done": sum(count["referral"][Referral.Outcome.DONE] for count in counts),
    }
