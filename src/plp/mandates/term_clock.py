"""What the clock does about mandates that end: reminds a month and a week before, ends what nobody confirmed."""

from datetime import datetime, timedelta

from django.db import transaction

from plp.journal.actions import note
from plp.journal.queries import is_noted, target_name
from plp.mandates.confirmations import end_unconfirmed_and_notify
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force
from plp.mandates.term_letters import send_ended_letters, send_ending_letters
from plp.mandates.terms import MONTH, WEEK, is_last_releaser, mandates_ending_by
from plp.people.models import Person

REMINDED = "mandate.end_reminded"
REPORTED = "mandate.end_reported"
ENDED_BY_ACT = ("mandate.ended", "mandate.not_confirmed")
SLACK = timedelta(hours=1)  # of a chore that comes once a day
FORESEEN = timedelta(days=300)  # a reminder that is older belongs to an earlier year
LATE = timedelta(days=14)  # how long after an end it is still said, where no worker ran


def remind_of_and_end_due_mandates(*, by: Person | None, at: datetime) -> int:
    """Remind, end and report, each once however many workers there are; answer how many mandates were touched."""
    mandates = mandates_ending_by(at + MONTH, mandates_in_force(at).select_related("person", "area")).order_by("pk")
    touched = sum(_remind_or_end(mandate, by=by, at=at) for mandate in mandates)
    over = Mandate.objects.filter(ends_at__gt=at - LATE, ends_at__lte=at).select_related("person", "area")
    return touched + sum(_report_ended_mandate(mandate, by=by, at=at) for mandate in over.order_by("pk"))


@transaction.atomic
def _remind_or_end(mandate: Mandate, *, by: Person | None, at: datetime) -> bool:
    """Remind a month before, then each week from a week before; end it when it is due and was announced a week ago.

    So nobody loses a role unannounced, whatever a wrong clock says; and the last one who can release a message in
    an area goes on, and is announced each week.
    """
    Mandate.objects.select_for_update().get(pk=mandate.pk)
    is_near = mandate.lasts_until <= at + WEEK
    target = f"mandate-end:{mandate.pk}:{'week' if is_near else 'month'}"
    if is_noted(REMINDED, target=target, since=at - (WEEK - SLACK if is_near else MONTH)):
        return False
    is_due = mandate.ends_at is None and mandate.lasts_until <= at
    is_announced = is_near and is_noted(REMINDED, target=target, since=at - FORESEEN)
    if is_due and is_announced and not is_last_releaser(mandate, at=at):
        return end_unconfirmed_and_notify(mandate=mandate, by=by, at=at)
    note(verb="mandate.end_reminded", by=by, at=at, area=mandate.area.path, target=target)
    send_ending_letters(mandate, by=by, at=at)
    return True


@transaction.atomic
def _report_ended_mandate(mandate: Mandate, *, by: Person | None, at: datetime) -> bool:
    """Say of a mandate whose last day has passed that it is over; where somebody ended it, that was said at once."""
    Mandate.objects.select_for_update().get(pk=mandate.pk)
    ended_at = mandate.lasts_until
    was_ended_by_act = any(is_noted(verb, target=target_name(mandate), since=ended_at) for verb in ENDED_BY_ACT)
    target = f"mandate-end:{mandate.pk}:over"
    if was_ended_by_act or is_noted(REPORTED, target=target, since=ended_at):
        return False
    note(verb="mandate.end_reported", by=by, at=at, area=mandate.area.path, target=target)
    send_ended_letters(mandate, to_keepers=True, by=by, at=at)
    return True
