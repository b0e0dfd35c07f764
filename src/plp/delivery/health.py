"""How the outbox fares, in a few figures: for the page of its state, for metrics and for who watches over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery

from plp.delivery.models import Attempt, Dispatch, Message, Pause, Pulse
from plp.delivery.queries import outbox_figures_for_operators
from plp.delivery.states import WAITING, State

SILENT_AFTER = timedelta(seconds=40)  # a worker says every ten seconds that it lives
STUCK_AFTER = timedelta(seconds=45)  # something is due for so long, and nothing left for so long
SLOW_AFTER = timedelta(minutes=15)  # something is due for so long, although others leave
RECENT = timedelta(minutes=5)
NEWEST_ROWS = 200  # rows looked at: the question stays cheap however many there are
MANY_FAILURES = 20  # tries that went wrong lately: a supplier refuses


@dataclass(frozen=True)
class OutboxHealth:
    """``oldest``: since when the oldest due message waits; ``pulse``: when a worker last said that it lives, ``watch``:
    when the watch did; ``left``: when a message last left; ``refused``: tries that went wrong lately.
    """

    at: datetime
    waiting: int
    unknown: int
    oldest: datetime | None
    pulse: datetime | None
    watch: datetime | None
    left: datetime | None
    paused: datetime | None
    suspended: Mapping[str, str]
    refused: int

    @property
    def is_silent(self) -> bool:
        """Whether no worker lives."""
        return self.pulse is None or self.at - self.pulse > SILENT_AFTER

    @property
    def is_stuck(self) -> bool:
        """Whether messages wait that ought to leave."""
        if self.paused or self.oldest is None:
            return False
        rests = self.left is None or self.at - self.left > STUCK_AFTER
        return self.at - self.oldest > (STUCK_AFTER if rests else SLOW_AFTER)

    @property
    def has_many_failures(self) -> bool:
        """Whether what is sent comes back, one after the other."""
        return self.refused >= MANY_FAILURES

    @property
    def state(self) -> str:
        """One word: ``well``, ``paused``, ``silent``, ``stuck``, or ``hindered`` (a supplier fails)."""
        if self.paused:
            return "paused"
        if self.is_silent:
            return "silent"
        if self.is_stuck:
            return "stuck"
        return "hindered" if self.suspended or self.has_many_failures else "well"


def outbox_health(at: datetime) -> OutboxHealth:
    """Look. Raises ``django.db.Error`` where the database does not answer."""
    figures = outbox_figures_for_operators(at)
    newest = Dispatch.objects.exclude(settled_at=None).filter(state__in=[State.ACCEPTED, State.DELIVERED])
    lately = Attempt.objects.order_by("-id").values_list("at", "state")[:NEWEST_ROWS]
    wrong = {State.FAILED, State.QUEUED}
    oldest = timedelta(seconds=figures["oldest_seconds"])
    paused, beats = Pause.objects.first(), last_pulses()
    return OutboxHealth(
        at=at,
        waiting=figures["waiting"],
        unknown=figures["unknown"],
        oldest=at - oldest if oldest else None,
        pulse=beats["worker"],
        watch=beats["watch"],
        left=newest.filter(pk__in=newest.order_by("-id").values("pk")[:NEWEST_ROWS]).aggregate(at=Max("settled_at"))[
            "at"
        ],
        paused=paused.since if paused else None,
        suspended=figures["suspended"],
        refused=sum(moment > at - RECENT and state in wrong for moment, state in lately),
    )


def last_pulses() -> dict[str, datetime | None]:
    """When a worker and the watch last said that they live; ``None``: never. One query."""
    keys = ("worker", "watch")
    return dict.fromkeys(keys) | dict(Pulse.objects.filter(key__in=keys).values_list("key", "at"))


def messages_with_waiting_copies(most: int) -> QuerySet[Message]:
    """Messages with copies that wait, newest first, no more than ``most``: what a restore may repeat.

    Each carries how many of its copies wait (``waiting``).
    """
    rows = Dispatch.objects.filter(state__in=WAITING).values("message").annotate(number=Count("id"))
    counted = rows.filter(message=OuterRef("pk")).values("number")
    first, *others = (Dispatch.objects.filter(state=state).values("message") for state in WAITING)
    messages = Message.objects.filter(pk__in=first.union(*others))  # each state has an index to itself
    return messages.annotate(waiting=Subquery(counted)).order_by("-created_at")[:most]
