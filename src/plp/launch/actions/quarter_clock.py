"""The clock of changes of quarters: who joined since is told, what is due is carried out (ADR 72)."""

from datetime import datetime, timedelta

from django.db import transaction

from plp.journal.actions import note
from plp.launch.actions.quarter_changes import stop_change_letters_and_tell_readers, tell_moving_members_once
from plp.launch.actions.quarter_transfer import carry_out_quarter_change
from plp.launch.models import QuarterChange
from plp.launch.queries.quarter_rights import UNDO_WITHIN
from plp.launch.states import QUARTER_MOVES, QuarterState
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused, move

ATTEMPTS = timedelta(days=7)  # after its day, while something stands in the way


def apply_or_give_up_due_quarter_changes(*, by: Person | None, at: datetime) -> int:
    """Carry out what is due today; answer how many. What cannot be done for a week is given up, and said."""
    today, count = local(at).date(), 0
    for change in QuarterChange.objects.filter(state=QuarterState.TOLD).select_related(
        "partnership__area", "other__area"
    ):
        if change.day > today:
            tell_moving_members_once(change=change, by=None, at=at)
            continue
        try:
            carry_out_quarter_change(change=change, by=by, at=at)
            count += 1
        except Refused:
            if change.day + ATTEMPTS < today:
                _give_up_overdue_change(change, at=at)
    old = QuarterChange.objects.filter(state=QuarterState.DONE, done_at__lt=at - UNDO_WITHIN).exclude(before={})
    old.update(before={})
    return count


@transaction.atomic
def _give_up_overdue_change(change: QuarterChange, *, at: datetime) -> None:
    move(change, QuarterState.GIVEN_UP, table=QUARTER_MOVES)
    stop_change_letters_and_tell_readers(change=change, by=None, at=at)
    note(verb="quarter.left_undone", by=None, at=at, area=change.partnership.area.path, target=change)
