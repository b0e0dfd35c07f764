"""A year of life in the quarters: everything that happened since the launch, in the order in which it happened."""

from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from django.db import transaction

from plp.launch.actions import life
from plp.ops.demo.stage import Stage
from plp.ops.demo.year.exchanges import exchanges
from plp.ops.demo.year.happening import Happening
from plp.ops.demo.year.messages import messages
from plp.ops.demo.year.people import people_of_the_year
from plp.ops.demo.year.talks import talks

SETTLED_IN = timedelta(days=4)  # from the launch to the first message
RECENT = timedelta(days=26)  # the last weeks are told by ``history``
SILENT = timedelta(days=100)  # no message for so long where a quarter fell silent


def live_a_year(stages: list[Stage], *, at: datetime) -> int:
    """Play the year of all quarters up to the last weeks; answer how many things happened.

    The order is that of time, across the quarters: the clocks see everybody at the same moment.
    """
    happenings = [one for number, stage in enumerate(stages) for one in _year(stage, number, at)]
    ordered = sorted(happenings, key=lambda one: one[0])
    for _month, some in groupby(ordered, key=lambda one: (one[0].year, one[0].month)):
        with transaction.atomic():
            for moment, act in some:
                act(moment)
    return len(ordered)


def _year(stage: Stage, number: int, at: datetime) -> list[Happening]:
    """What happens in one quarter; the last one fell silent."""
    begins, recent = stage.launched + SETTLED_IN, at - RECENT
    return [
        *messages(stage, begins=begins, ends=at - SILENT if stage.setting.is_silent else recent, later=number),
        *people_of_the_year(stage, begins=begins, ends=recent),
        *talks(stage, begins=begins, ends=recent),
        *exchanges(stage, begins=begins, ends=recent),
        *([] if stage.setting.is_silent else [(recent, partial(_confirm, stage))]),
    ]


def _confirm(stage: Stage, at: datetime) -> None:
    """The officer confirms that the partnership still works (R148)."""
    life.confirm(partnership=stage.partnership, by=stage.officer, at=at)
