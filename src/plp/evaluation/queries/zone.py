"""A zone in counts (R149): no name of a person, no address, no text. The queries do not grow with the partnerships."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncMonth

from plp.charter.kinds import KINDS
from plp.delivery.models import Message
from plp.delivery.queries import Tally, tallies_by_channel_of_left
from plp.evaluation.queries.answer_times import release_and_answer_minutes
from plp.evaluation.queries.departures import shown_leaving_reason_counts
from plp.evaluation.rules import MedianAndLongest, median_and_longest_minutes, months_between, period_bounds
from plp.followup.clocks import all_due_kinds
from plp.followup.queries.due_matters import due_partnerships_without_message
from plp.mandates.grants import Permission, Role
from plp.mandates.queries import mandates_in_force
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.notices.models import Notice, Relay
from plp.notices.states import State
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.partnership.states import State as Life
from plp.people.models import Person
from plp.toolbox.clock import BRUSSELS, local

MONTH = timedelta(days=30)
QUARTER = timedelta(days=91)  # in which relay times and reach are measured
ANSWERS = (  # the clocks that are counted here; others would tell who is away, or on whom a measure is decided (T14)
    "relay",
    "feedback",
    "request",
    "ask_coordinator",
    "ask_police",
    "enrolment",
    "evaluation",
    "activity_coordinator",
    "activity_police",
)


@dataclass(frozen=True)
class PartnershipFigures:
    """One partnership in counts. ``relay``: the median and the longest time until a message was passed on, minutes."""

    partnership: Partnership
    members: int
    asking: int
    sent: int
    to_release: int
    to_relay: int
    has_coordinator: bool
    deputies: int
    overdue: int
    relay: MedianAndLongest | None
    last_at: datetime | None
    is_silent: bool

    @property
    def has_coordinator_without_deputy(self) -> bool:
        """Whether there is a coordinator and nobody who could stand in."""
        return self.has_coordinator and not self.deputies


@dataclass(frozen=True)
class ZoneFigures:
    """The rows, and what is counted over all of them. ``relay``: "urgent" and "other" to median and longest minutes.

    ``months``: the first day of each of the past twelve months, this one last, to the messages relayed in it;
    ``members``: the same to how many joined and left; ``reasons``: why members left in those months, by key.
    ``answers``: "release" and "question" to median and longest minutes, no question of few.
    """

    rows: list[PartnershipFigures]
    overdue: Mapping[str, int]
    relay: Mapping[str, MedianAndLongest]
    reach: Mapping[str, Tally]
    months: Mapping[date, int]
    members: Mapping[date, tuple[int, int]]
    reasons: Mapping[str, int]
    answers: Mapping[str, MedianAndLongest]

    @property
    def states(self) -> Counter[str]:
        """How many partnerships are in each state."""
        return Counter(row.partnership.state for row in self.rows)


def partnerships_with_visible_figures(person: Person, *, at: datetime) -> QuerySet[Partnership]:
    """The partnerships whose figures ``person`` may see, by their key."""
    return partnerships_in_scope(person, Permission.FIGURES_SEE, at=at).order_by("key")


def zone_figures(partnerships: QuerySet[Partnership], *, at: datetime) -> ZoneFigures:
    """Everything that the page of a zone shows: the same queries however many partnerships there are."""
    found = list(partnerships)
    keys = [one.pk for one in found]
    members, notices, offices = (
        _member_counts(keys),
        _notice_figures(keys, at),
        _coordinator_and_deputy_counts(found, at),
    )
    relays, overdue = _relay_waits_of_past_quarter(keys, at), _overdue_matters(partnerships, at)
    spans = defaultdict[UUID, list[timedelta]](list)
    for key, _is_urgent, span in relays:
        spans[key].append(span)
    late, quiet = (
        Counter(key for _kind, key in overdue),
        {one.matter for one in due_partnerships_without_message(partnerships, at)},
    )
    rows = [
        PartnershipFigures(
            partnership=one,
            members=members[one.pk, Belonging.ACTIVE],
            asking=members[one.pk, Belonging.PENDING],
            **notices[one.pk],
            has_coordinator=bool(offices[one.area.path, Role.COORDINATOR]),
            deputies=offices[one.area.path, Role.DEPUTY],
            overdue=late[one.pk],
            relay=median_and_longest_minutes(spans[one.pk]),
            is_silent=one.pk in quiet,
        )
        for one in found
    ]
    by_kind = {
        "urgent": median_and_longest_minutes(span for _key, is_urgent, span in relays if is_urgent),
        "other": median_and_longest_minutes(span for _key, is_urgent, span in relays if not is_urgent),
    }
    return ZoneFigures(
        rows=rows,
        overdue=Counter(kind for kind, _key in overdue),
        relay={key: pair for key, pair in by_kind.items() if pair},
        reach=_reach_tallies_of_past_quarter(keys, at),
        months=_past_year_messages_by_month(keys, at),
        members=_past_year_joins_and_leaves_by_month(keys, at),
        reasons=shown_leaving_reason_counts(keys, since=_first_days_of_past_year_months(at)[0]),
        answers=release_and_answer_minutes(keys, since=at - QUARTER, until=at),
    )


def _member_counts(keys: Sequence[UUID]) -> Counter[tuple[UUID, str]]:
    """How many belong and how many wait, by partnership."""
    rows = Membership.objects.filter(partnership__in=keys, state__in=[Belonging.ACTIVE, Belonging.PENDING])
    counted = rows.values_list("partnership", "state").annotate(n=Count("pk")).order_by()
    return Counter({(key, state): number for key, state, number in counted})


def _notice_figures(keys: Sequence[UUID], at: datetime) -> Mapping[UUID, dict[str, Any]]:
    """Messages of the past month, what waits for release or relay, and when the last one went out."""
    counts = {
        "sent": Count("pk", filter=Q(relayed_at__gt=at - MONTH, relayed_at__lte=at, trial=None)),
        "to_release": Count("pk", filter=Q(state=State.SUBMITTED)),
        "to_relay": Count("pk", filter=Q(state=State.RELEASED)),
        "last_at": Max("relayed_at", filter=Q(relayed_at__lte=at, trial=None)),
    }
    rows = Notice.objects.filter(partnership__in=keys).order_by().values("partnership").annotate(**counts)
    nothing: dict[str, Any] = {"sent": 0, "to_release": 0, "to_relay": 0, "last_at": None}
    counted = {row.pop("partnership"): row for row in map(dict[str, Any], rows)}
    return defaultdict(lambda: nothing, counted)


def _coordinator_and_deputy_counts(partnerships: Sequence[Partnership], at: datetime) -> Counter[tuple[str, str]]:
    """How many coordinators and deputies are in office, by area. Whether they are away is nobody's business (T14)."""
    mandates = mandates_in_force(at).filter(
        area__in=[one.area_id for one in partnerships], role__in=[Role.COORDINATOR, Role.DEPUTY]
    )
    return Counter(mandates.values_list("area__path", "role"))


def _overdue_matters(partnerships: QuerySet[Partnership], at: datetime) -> list[tuple[str, UUID]]:
    """What should have been done by now, as its room tells it; changes of desk would show absences (T14)."""
    living, kinds = partnerships.exclude(state__in=[Life.ENDED, Life.MERGED]), all_due_kinds()
    return [
        (key, one.partnership)
        for key in ANSWERS
        if key in kinds
        for one in kinds[key].find(living, at)
        if one.due_at <= at
    ]


def _relay_waits_of_past_quarter(keys: Sequence[UUID], at: datetime) -> list[tuple[UUID, bool, timedelta]]:
    """How long each message of the past months lay with the coordinator, without what went directly by the plan."""
    rows = Relay.objects.filter(notice__partnership__in=keys, is_direct=False, at__gt=at - QUARTER, at__lte=at)
    told = rows.filter(notice__trial=None).values_list(
        "notice__partnership", "notice__kind", "notice__release__at", "at"
    )
    return [(key, KINDS[kind].urgent, relayed - released) for key, kind, released, relayed in told]


def _reach_tallies_of_past_quarter(keys: Sequence[UUID], at: datetime) -> Mapping[str, Tally]:
    """What became of the copies of those months, by the channel that each took last."""
    relays = Relay.objects.filter(notice__partnership__in=keys, at__gt=at - QUARTER, at__lte=at)
    return tallies_by_channel_of_left(Message.objects.filter(pk__in=relays.values("message")))


def _past_year_messages_by_month(keys: Sequence[UUID], at: datetime) -> Mapping[date, int]:
    """The messages of each month of a year, by the Belgian calendar; the present month as far as it goes."""
    months = _first_days_of_past_year_months(at)
    start, _end = period_bounds(months[0], local(at).date())
    rows = Notice.objects.filter(partnership__in=keys, relayed_at__gte=start, relayed_at__lte=at, trial=None)
    by_month = rows.order_by().values_list(TruncMonth("relayed_at", tzinfo=BRUSSELS)).annotate(n=Count("pk"))
    counted = {local(month).date(): number for month, number in by_month if month}
    return {month: counted.get(month, 0) for month in months}


def _past_year_joins_and_leaves_by_month(keys: Sequence[UUID], at: datetime) -> Mapping[date, tuple[int, int]]:
    """How many joined and how many left in each month of a year: two queries."""
    months = _first_days_of_past_year_months(at)
    start, _end = period_bounds(months[0], local(at).date())
    rows = Membership.objects.filter(partnership__in=keys, joined_at__isnull=False).order_by()
    counts = []
    for name in ("joined_at", "left_at"):
        within = rows.filter(**{f"{name}__gte": start, f"{name}__lte": at})
        by_month = within.values_list(TruncMonth(name, tzinfo=BRUSSELS)).annotate(n=Count("pk"))
        counts.append({local(month).date(): number for month, number in by_month if month})
    joined, left_again = counts
    return {month: (joined.get(month, 0), left_again.get(month, 0)) for month in months}


def _first_days_of_past_year_months(at: datetime) -> list[date]:
    """The first days of the past twelve months, that of the present one last."""
    today = local(at).date()
    return months_between(today.replace(year=today.year - 1, day=1), today)[1:]
