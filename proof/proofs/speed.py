"""From release to supplier: how soon a message leaves, and that an alarm does not wait behind bulk (G6).

The same measurements as ``./plp bench``. At the size of a trial nothing may depend on the speed of the machine.
"""

from bench.mails import Bulk, bulk, slow_receiver
from bench.table import within
from proof.result import Figure, ProofRequest, ProofResult, Size

SLACK = 60  # a trial runs beside other tests, on a machine that may be much slower


def prove(ask: ProofRequest) -> ProofResult:
    """Bulk as fast as it goes with an alarm in its middle, then people behind a receiver that answers after 20 ms."""
    many = ask.number_for_size(trial=1_500, quick=20_000, full=400_000)
    few, more = (
        ask.number_for_size(trial=200, quick=2_000, full=2_000),
        ask.number_for_size(trial=0, quick=0, full=20_000),
    )
    slack = SLACK if ask.size == Size.TRIAL else 1
    main, slow = bulk(many, ask.database), slow_receiver(few, ask.database)
    rows = [*_bulk_and_alarm_figures(main, slack), *_slow_receiver_figures(slow, slack)]
    if more:
        longer = slow_receiver(more, ask.database)
        rows.append(Figure("20,000: 99.9 % at the receiver within", within(longer, 999), "s", 120, 60))
    return ProofResult(
        many + few + more,
        f"messages: {many:,} at full speed with an alarm to 200 among them, {few:,} to a receiver that takes 20 ms",
        tuple(rows),
    )


def _bulk_and_alarm_figures(main: Bulk, slack: int) -> list[Figure]:
    behind = int(not main.alarm_while_bulk) if main.messages >= 20_000 else 0  # less is over before the alarm is
    return [
        Figure("messages per second", main.rate, "/s", 5_000 / slack, 10_000, most=False),
        Figure("lost", main.lost, "", 0, 0),
        Figure("doubles", main.doubles, "", 0, 0),
        Figure("ledger out of balance", int(not main.balanced), "", 0, 0),
        Figure("alarm came after the bulk", behind, "", 0, 0),
        Figure("alarm to 200: last at the receiver within", main.alarm_last, "s", 2 * slack, 0.5),
        Figure("memory of a worker", main.megabytes, "MB", 150, 150),
    ]


def _slow_receiver_figures(waits: list[float], slack: int) -> list[Figure]:
    return [
        Figure("first message after the release", waits[0], "s", 1 * slack, 0.2),
        Figure("2,000: 95 % at the receiver within", within(waits, 950), "s", 10 * slack, 10),
        Figure("2,000: 99 % at the receiver within", within(waits, 990), "s", None, 10),
    ]
