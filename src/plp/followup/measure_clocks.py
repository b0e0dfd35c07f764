"""The clocks of measures: the three weeks of an appeal, its decision, the copy, a provisional measure (R99-R102).

Each lies on the desk of one person by name, and never passes to another hand: nobody else may know of a measure.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.followup.clocks import DueKind
from plp.followup.rules.days import days_after, working_days_after
from plp.followup.rules.desk_holders import Hand
from plp.followup.rules.due import DueMatter
from plp.mandates.grants import Permission, Role
from plp.measures.models import Measure
from plp.measures.queries import (
    measures_with_open_appeal,
    nearest_holder,
    provisional_measures_in_force,
    removals_without_interior_copy,
    unappealed_final_removals,
)
from plp.measures.rules import appeal_closing_time
from plp.partnership.models import Partnership

DAY = timedelta(days=1)
WEEK = 7 * DAY
DECISION_DAYS = 30  # no source gives a term: a month, as is usual for an administrative authority
COPY_DAYS = 10  # working days from a removal to its copy to the FPS Interior
PROVISIONAL_DAYS = 90  # after which a provisional measure is to be ended or made final


def due_appeal_windows(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Removals against which one can still appeal: recalled to the person concerned a week before the end."""
    found = []
    for row in unappealed_final_removals(partnerships):
        if row.taken_at is None:
            continue
        end = appeal_closing_time(row.taken_at, row.rung.appeal_days)
        if row.taken_at <= at < end:
            who, last = row.file.person_id, end - timedelta(minutes=1)  # named by its last day, not by the next one
            found.append(DueMatter(row.pk, row.file.partnership_id, last, last - WEEK, DAY, owner=who))
    return found


def due_appeals(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Appeals that wait for the decision of the authority."""
    rows = measures_with_open_appeal(partnerships)
    return _due_matters_of_nearest_holder(
        ((row, days_after(row.appeal.noted_at, DECISION_DAYS)) for row in rows), Role.MUNICIPALITY, at
    )


def due_interior_copies(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Removals whose copy to the FPS Interior was not noted."""
    rows = removals_without_interior_copy(partnerships)
    due = ((row, working_days_after(row.taken_at, COPY_DAYS)) for row in rows if row.taken_at)
    return _due_matters_of_nearest_holder(due, Role.MUNICIPALITY, at)


def due_provisional_measures(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Provisional measures that last."""
    rows = provisional_measures_in_force(partnerships)
    due = ((row, days_after(row.taken_at, PROVISIONAL_DAYS)) for row in rows if row.taken_at)
    return _due_matters_of_nearest_holder(due, Role.OFFICER, at)


def _due_matters_of_nearest_holder(
    due: Iterable[tuple[Measure, datetime]], role: Role, at: datetime
) -> list[DueMatter]:
    """On the desk of the one who holds ``role``; on nobody's when the office is vacant."""
    found = []
    for row, due_at in due:
        who = nearest_holder(role, row.file.partnership.area, at=at)
        if who is not None:
            found.append(DueMatter(row.pk, row.file.partnership_id, due_at, due_at - WEEK, WEEK, owner=who))
    return found


HAND = (Hand.POLICE,)
SEE = Permission.MEASURE_SEE

KINDS: tuple[DueKind, ...] = (
    DueKind(
        "appeal_window",
        _("the last day to send an appeal"),
        SEE,
        due_appeal_windows,
        HAND,
        DAY,
        pages.OWN_MEASURES.path(),
        order=1,
    ),
    DueKind(
        "appeal",
        _("an appeal is waiting for the decision of the authority"),
        SEE,
        due_appeals,
        HAND,
        WEEK,
        pages.MEASURES.path(),
        order=1,
    ),
    DueKind(
        "copy",
        _("a copy of a decision is to be sent to the FPS Interior"),
        SEE,
        due_interior_copies,
        HAND,
        WEEK,
        pages.MEASURES.path(),
        order=1,
    ),
    DueKind(
        "provisional",
        _("a provisional measure has lasted for long"),
        SEE,
        due_provisional_measures,
        HAND,
        WEEK,
        pages.MEASURES.path(),
        order=1,
    ),
)
