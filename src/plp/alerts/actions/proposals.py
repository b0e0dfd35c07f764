"""A human follows a proposal, or refuses it."""

from datetime import datetime

from django.db import transaction

from plp.alerts.models import Trace
from plp.alerts.states import TraceOutcome
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.notices import actions as notices
from plp.notices.states import State
from plp.people.models import Person
from plp.toolbox.moves import WrongState


@transaction.atomic
def keep_or_retract_and_tell_members(*, trace: Trace, stop: bool, by: Person, at: datetime) -> None:
    """Stop the message whose official alert was taken back, and tell those it reached; or keep it (``stop`` false).

    A draft, and what waits for release, is dropped. Raises ``NotAllowed``, or ``WrongState`` when somebody was first.
    """
    notice = trace.notice
    area = notice.partnership.area
    require(by, Permission.NOTICE_STOP, area, at=at)
    waiting = Trace.objects.filter(pk=trace.pk, outcome=TraceOutcome.TO_STOP, settled_at=None)
    if not waiting.update(settled_at=at, settled_by=by):
        raise WrongState
    if stop and notice.state in {State.DRAFT, State.SUBMITTED}:
        notices.drop_draft_and_free_infoflash_items(notice=notice, by=by, at=at)
    elif stop:
        notices.retract_notice_everywhere(notice=notice, tell=True, by=by, at=at)
    note(verb="alert.settled", by=by, at=at, area=area.path, target=notice, stopped=stop)
