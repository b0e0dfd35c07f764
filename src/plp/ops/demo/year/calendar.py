"""What a year brings, month by month: the same advice comes in the same season, whenever the demonstration is built."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from plp.ops.demo.story import ADVICE, ALARM, FEEDBACK, REQUEST, Told
from plp.ops.demo.year import words
from plp.toolbox.clock import local

FOR_SHOPS = (words.FALSE_MESSAGES, words.BANK_CALL, words.MARKETS, words.PAST_DAYS, words.STORM, words.CALMED_DOWN)


@dataclass(frozen=True)
class Entry:
    """One message: on which day and at what time it is released, and how many minutes later it is relayed.

    ``answer``: the feedback and how many hours after the relay it comes. ``opened`` is false when the coordinator did
    not open it, and the deputy passed it on. ``carried`` is false when the SMS supplier was out of order.
    """

    day: int
    clock: tuple[int, int]
    told: Told
    minutes: int
    answer: tuple[Told, int] | None = None
    opened: bool = True
    carried: bool = True


SPARED = 10  # one entry in so many

MONTHS: dict[int, tuple[Entry, ...]] = {
    1: (Entry(19, (19, 10), words.BROKEN_DOOR, 9, (words.CALMED_DOWN, 16)),),
    2: (Entry(5, (5, 40), words.STORM, 12), Entry(17, (10, 5), words.FALSE_MESSAGES, 95)),
    3: (Entry(4, (11, 20), words.PAST_DAYS, 130), Entry(20, (16, 10), words.BANK_CALL, 14, (words.CALMED_DOWN, 43))),
    4: (
        Entry(7, (9, 30), words.BICYCLES, 240),
        Entry(23, (2, 5), words.NOISE_AT_NIGHT, 21, (words.CALLS_HELPED, 9), opened=False),
    ),
    5: (Entry(12, (10, 0), REQUEST, 55), Entry(26, (17, 40), words.GARAGES, 11, (words.CALMED_DOWN, 22))),
    6: (Entry(21, (10, 45), words.BEFORE_HOLIDAYS, 75),),
    7: (Entry(10, (16, 0), words.MISSING, 8), Entry(24, (9, 15), words.OPEN_WINDOWS, 320)),
    8: (Entry(18, (20, 15), words.BROKEN_DOOR, 13, (words.CALMED_DOWN, 50), carried=False),),
    9: (Entry(3, (11, 0), words.PAST_DAYS, 180), Entry(16, (13, 30), words.BANK_CALL, 5, (words.CALLS_HELPED, 7))),
    10: (Entry(20, (1, 50), words.NOISE_AT_NIGHT, 10, (words.CALMED_DOWN, 14)),),
    11: (Entry(7, (10, 20), ADVICE, 150), Entry(18, (19, 25), words.BROKEN_DOOR, 12, (words.CALLS_HELPED, 15))),
    12: (Entry(4, (10, 0), words.MARKETS, 85), Entry(15, (14, 50), ALARM, 7, (FEEDBACK, 19))),
}


def entries(begins: datetime, ends: datetime, *, later: int, shops: bool) -> Iterator[tuple[datetime, Entry]]:
    """Entries between two moments with the moment of their release, ``later`` days after the day of the calendar.

    No quarter has the same year: each is spared some of what the calendar holds.
    """
    first = local(begins).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for number in range(16):
        year, month = first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1
        for place, entry in enumerate(MONTHS[month]):
            if (month * 2 + place) % SPARED == later:
                continue
            hour, minute = entry.clock
            day = first.replace(year=year, month=month, day=entry.day, hour=hour, minute=minute)
            moment = day + timedelta(days=later)
            if begins < moment < ends and (not shops or entry.told in FOR_SHOPS):
                yield moment, entry
