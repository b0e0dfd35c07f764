"""The kill switch, the end of a message's time, and a member's STOP."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from plp.delivery.models import Dispatch, Message
from plp.delivery.queries import channels_by_hand
from plp.delivery.states import EXPIRED_HELD, MESSAGE_STOPPED, PUBLIC, STOPPED_HELD, WAITING, State
from plp.delivery.worker_signals import lock_worker_commits
from plp.journal.actions import note
from plp.people import actions as people
from plp.people.models import ContactPoint, Person


@transaction.atomic
def stop_message(*, message: Message, by: Person | None, at: datetime) -> int:
    """Pull a message back: once this commits no worker claims a row of it or lets a claimed one go (F27).

    What is on the wire at that moment finishes. Answers how many copies were stopped, without those that waited for
    somebody who wants to be left alone: they look sent (T14). A second stop answers 0.
    """
    lock_worker_commits()
    Message.objects.filter(pk=message.pk, stopped_at=None).update(stopped_at=at)
    stopped = _stop_dispatches(message.dispatches.filter(state__in=WAITING), reason=MESSAGE_STOPPED, at=at)
    message.refresh_from_db(fields=["stopped_at"])
    note(verb="delivery.stopped", by=by, at=at, area=message.area, target=message, stopped=stopped)
    return stopped


@transaction.atomic
def stop_waiting_messages(*, messages: QuerySet[Message], by: Person | None, at: datetime) -> None:
    """Pull back each of these messages of which copies wait, or lie with somebody who has not ticked them yet.

    A receipt that no STOP silences leaves all the same.
    """
    taken = Q(state=State.ACCEPTED, reason="", channel__in=channels_by_hand())
    waiting = Dispatch.objects.filter(Q(state__in=WAITING) | taken, message=OuterRef("pk"))
    for message in messages.filter(Exists(waiting), stopped_at=None, despite_stop=False):
        stop_message(message=message, by=by, at=at)


@transaction.atomic
def expire_waiting_copies(*, at: datetime) -> int:
    """End the waiting rows of messages whose time is over. Answers how many rows."""
    over = list(
        Message.objects.filter(expired_at=None, expires_at__isnull=False, expires_at__lte=at).values_list(
            "pk", flat=True
        )
    )
    if not over:
        return 0
    rows = Dispatch.objects.filter(message__in=over)
    expired = rows.filter(state=State.QUEUED).update(state=State.EXPIRED, reason="expired", settled_at=at)
    held = rows.filter(state=State.HELD)
    expired += held.filter(reason__in=PUBLIC).update(state=State.EXPIRED, reason="expired", settled_at=at)
    expired += held.exclude(reason__in=PUBLIC).update(state=State.EXPIRED, reason=EXPIRED_HELD, settled_at=at)
    Message.objects.filter(pk__in=over).update(expired_at=at)
    return expired


@transaction.atomic
def stop_contact(*, contact: ContactPoint, how: str, at: datetime, by: Person | None = None) -> int:
    """A member's STOP: this contact gets nothing more, from this moment (G19). ``how``: sms, mail, page, phone, paper.

    Answers how many waiting copies were stopped. Copies that wait are given to no other channel: the member said stop.
    Its own receipt is not among them.
    """
    lock_worker_commits()
    people.stop_contact(contact=contact, how=how, by=by, at=at)
    waiting = Dispatch.objects.filter(contact=contact, state__in=WAITING)
    unasked = waiting.filter(message__unconfirmed=False, message__despite_stop=False)
    return _stop_dispatches(unasked, reason="contact-stopped", at=at)


def _stop_dispatches(waiting: QuerySet[Dispatch], *, reason: str, at: datetime) -> int:
    """Stop rows; answer how many, without those that wait for somebody who wants to be left alone."""
    ended = {"state": State.STOPPED, "token": "", "lease_until": None, "settled_at": at}
    waiting.filter(state=State.HELD).exclude(reason__in=PUBLIC).update(**ended, reason=STOPPED_HELD)
    return waiting.update(**ended, reason=reason)
