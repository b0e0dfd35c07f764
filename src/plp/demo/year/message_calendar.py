"""What a year brings, month by month: the same advice comes in the same season, whenever the demonstration is built."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from plp.demo.message_texts import ADVICE, ALARM, FEEDBACK, REQUEST, DemoMessage
from plp.demo.year import message_texts as texts
from plp.toolbox.clock import local

DatedAct = tuple[datetime, Callable[[datetime], object]]  # an act that is told its moment
FOR_SHOPS = (
    texts.FALSE_MESSAGES,
    texts.BANK_CALL,
    texts.MARKETS,
    texts.PAST_DAYS,
    texts.STORM,
    texts.CALMED_DOWN,
)


@dataclass(frozen=True)
class DueMessage:
    """One message: on which day and at what time it is released, and how many minutes later it is relayed.

    ``answer``: the feedback and how many hours after the relay it comes. ``opened`` is false when the coordinator did
    not open it, and the deputy passed it on. ``sms_supplier_up`` is false when the SMS supplier was out of order.
    """

    day: int
    clock: tuple[int, int]
    message: DemoMessage
    minutes: int
    answer: tuple[DemoMessage, int] | None = None
    opened: bool = True
    sms_supplier_up: bool = True


SPARED = 10  # one entry in so many

MONTHS: dict[int, tuple[DueMessage, ...]] = {
    1: (DueMessage(19, (19, 10), texts.BROKEN_DOOR, 9, (texts.CALMED_DOWN, 16)),),
    2: (
        DueMessage(5, (5, 40), texts.STORM, 12),
        DueMessage(17, (10, 5), texts.FALSE_MESSAGES, 95),
    ),
    3: (
        DueMessage(4, (11, 20), texts.PAST_DAYS, 130),
        DueMessage(20, (16, 10), texts.BANK_CALL, 14, (texts.CALMED_DOWN, 43)),
    ),
    4: (
        DueMessage(7, (9, 30), texts.BICYCLES, 240),
        DueMessage(23, (2, 5), texts.NOISE_AT_NIGHT, 21, (texts.CALLS_HELPED, 9), opened=False),
    ),
    5: (
        DueMessage(12, (10, 0), REQUEST, 55),
        DueMessage(26, (17, 40), texts.GARAGES, 11, (texts.CALMED_DOWN, 22)),
    ),
    6: (DueMessage(21, (10, 45), texts.BEFORE_HOLIDAYS, 75),),
    7: (
        DueMessage(10, (16, 0), texts.MISSING, 8),
        DueMessage(24, (9, 15), texts.OPEN_WINDOWS, 320),
    ),
    8: (DueMessage(18, (20, 15), texts.BROKEN_DOOR, 13, (texts.CALMED_DOWN, 50), sms_supplier_up=False),),
    9: (
        DueMessage(3, (11, 0), texts.PAST_DAYS, 180),
        DueMessage(16, (13, 30), texts.BANK_CALL, 5, (texts.CALLS_HELPED, 7)),
    ),
    10: (DueMessage(20, (1, 50), texts.NOISE_AT_NIGHT, 10, (texts.CALMED_DOWN, 14)),),
    11: (
        DueMessage(7, (10, 20), ADVICE, 150),
        DueMessage(18, (19, 25), texts.BROKEN_DOOR, 12, (texts.CALLS_HELPED, 15)),
    ),
    12: (DueMessage(4, (10, 0), texts.MARKETS, 85), DueMessage(15, (14, 50), ALARM, 7, (FEEDBACK, 19))),
}


def due_messages_between(
    begins: datetime, ends: datetime, *, days_later: int, for_shops: bool
) -> Iterator[tuple[datetime, DueMessage]]:
    """Entries between two moments with the moment of their release, ``days_later`` days after the day of the calendar.

    No quarter has the same year: each is spared some of what the calendar holds.
    """
    first = local(begins).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for number in range(16):
        year, month = first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1
        for place, entry in enumerate(MONTHS[month]):
            if (month * 2 + place) % SPARED == days_later:
                continue
            hour, minute = entry.clock
            day = first.replace(year=year, month=month, day=entry.day, hour=hour, minute=minute)
            moment = day + timedelta(days=days_later)
            if begins < moment < ends and (not for_shops or entry.message in FOR_SHOPS):
                yield moment, entry
