"""The nights on which the clock is put back or forward, and clocks that jump: a worker whose clock we set.

A process with the database under test. The supplier keeps what it was given, and when.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from plp.delivery import installed
from plp.delivery.engine.dialects import SqliteDialect
from plp.delivery.engine.engine import Engine
from plp.delivery.engine.worker_database import WorkerDatabase
from plp.delivery.models import Dispatch
from plp.people.models import Person
from proof.procedures import message_queue
from tests.factories import outbox
from tests.factories.senders import FakeSender

BRUSSELS = ZoneInfo("Europe/Brussels")  # asked here anew, beside the rules that are tried
QUIET = [  # from, until: over midnight, inside the hour that is skipped or comes twice, around it, and none
    (time(22, 0), time(7, 0)),
    (time(0, 0), time(2, 30)),
    (time(1, 30), time(3, 0)),
    (time(2, 0), time(2, 30)),
    (time(2, 30), time(2, 45)),
    (time(2, 30), time(6, 0)),
    (time(3, 0), time(3, 15)),
    (None, None),
]


WRITING = 9  # hours of the night in which messages are written; then the clock jumps


class Night:
    """A worker, its clock, and what left when."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.channel = FakeSender(lines=4)
        self.left: list[tuple[str, datetime]] = []
        installed._loaded_channels_and_broken_names = lambda: ({"fake": self.channel}, ())  # type: ignore[assignment]

    def run_worker_at(self, at: datetime) -> None:
        """Let a worker do what there is to do at this moment."""
        self.now = at
        self.channel.sent.clear()
        channels: Mapping[str, Any] = {"fake": self.channel}
        store = WorkerDatabase(SqliteDialect(lambda: self.now), channels, lease=60)
        asyncio.run(Engine(store, channels, connections=4, drain=True).run())
        self.left += [(envelope.reference, at) for envelope in self.channel.sent]


nights: list[Night] = []


def create_tables() -> None:
    """Tables."""
    outbox.make_database()
    nights.append(Night())


def simulate_night_and_count_faults(begins: str, hours: float, step: int, jump: float, people: int) -> dict[str, int]:
    """Each hour of the night: a bulk message, an alarm that lets itself be held, and an alarm that is over in an hour.

    From ``begins`` (UTC) on the worker looks every ``step`` minutes for so many ``hours``; in the middle its clock
    jumps by ``jump`` hours. Answers what was early, repeated, missed, or sent when it was over.
    """
    here, at = nights[0], datetime.fromisoformat(begins)
    Person.objects.all().delete()
    Dispatch.objects.all().delete()
    here.left.clear()
    wishes = {}
    for number in range(people):
        quiet = QUIET[number % len(QUIET)]
        digests = {"digest": "daily", "digest_hour": 2} if number % 5 == 4 else {}
        who = outbox.person(
            ("fake", f"a{number}"),
            at=at,
            quiet_from=quiet[0],
            quiet_until=quiet[1],
            alarm_breaks_quiet=False,
            **digests,
        )
        wishes[who.pk] = quiet
    kept: list[str] = []
    short: dict[str, datetime] = {}
    moments = [at + timedelta(minutes=step * turn) for turn in range(int(hours * 60 / step))]
    for place, moment in enumerate(moments):
        if moment.minute == 0 and moment < at + timedelta(hours=WRITING):
            kept += [_queue_message_for_everybody(moment), _queue_message_for_everybody(moment, urgent=True)]
            short[_queue_message_for_everybody(moment, urgent=True, expires_at=moment + timedelta(hours=1))] = (
                moment + timedelta(hours=1)
            )
        here.run_worker_at(moment + timedelta(hours=jump if place >= WRITING * 60 // step else 0))
    return _count_early_repeated_missed_late(here, wishes, kept, short)


def _queue_message_for_everybody(at: datetime, **more: Any) -> str:
    made = outbox.message("fake", at=at, **more)
    message_queue.actions.enqueue_copy_for_each_person(message=made, contacts=outbox.audience(), at=at)
    return str(made.pk)


def _count_early_repeated_missed_late(
    here: Night, wishes: dict[Any, Any], kept: list[str], short: dict[str, datetime]
) -> dict[str, int]:
    """By the wall clock of Brussels, and by counting."""
    owners = {
        message_queue.reference_of(number, message): (person, str(message), digest)
        for number, message, person, digest in Dispatch.objects.values_list("id", "message", "person", "digest")
    }
    early = sum(_is_quiet(wishes[owners[name][0]], at) for name, at in here.left)
    names = [name for name, _ in here.left]
    sent = {(owners[name][0], owners[name][1]) for name in names}
    states = Dispatch.objects.filter(message__in=kept).values_list("person", "message", "state")
    accepted = {(person, str(message)) for person, message, state in states if state == "accepted"}
    over = {name: short.get(owners[name][1]) for name in names}
    late = sum(at >= over[name] for name, at in here.left if over[name])  # type: ignore[operator]
    return {
        "early": early,
        "repeated": len(names) - len(set(names)),
        "missed": len(wishes) * len(kept)
        - len(accepted)
        + len({one for one in sent if one[1] not in short} - accepted),
        "expired": late,
        "sent": len(names),
    }


def _is_quiet(quiet: tuple[time | None, time | None], at: datetime) -> bool:
    """Whether the clock on the wall stands in somebody's quiet hours."""
    begins, ends = quiet
    if begins is None or ends is None:
        return False
    wall = at.astimezone(BRUSSELS).time()
    return begins <= wall < ends if begins <= ends else wall >= begins or wall < ends


PROCEDURES = {one.__name__: one for one in (create_tables, simulate_night_and_count_faults)}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    try:
        message_queue.serve_procedure_calls(PROCEDURES)
    finally:
        connection.close()
