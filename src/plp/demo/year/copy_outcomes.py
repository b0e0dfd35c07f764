"""What became of the copies of a message that left in the past: set by set, never one by one."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from plp.delivery import actions as delivery
from plp.delivery.models import Attempt, Dispatch, Message, Receipt, Spending
from plp.delivery.rules import start_of_belgian_day
from plp.delivery.states import State

WAITING = (State.QUEUED, State.HELD)
BOUNCED, OUT_OF_ORDER, NO_ANSWER = "smtp-550", "channel-down", "expired"
ONE_IN = {"email": 41, "sms": 29, "calls": 7}  # so many copies go wrong
ARRIVED = {"email": State.ACCEPTED}  # a mail server tells no more; every other channel says that it arrived
BY_HAND = {"calls": timedelta(minutes=50), "paper": timedelta(hours=20)}  # until somebody called or carried
TAKES = {"email": timedelta(seconds=3), "sms": timedelta(seconds=6), **BY_HAND}  # to leave


def settle_copies_of_message(message: Message, *, sent_at: datetime, sms_supplier_up: bool = True) -> None:
    """A few addresses that are wrong, calls without answer, and all the rest arrived.

    Without it the SMS supplier was out of order: each such copy failed, and the next channel took over.
    """
    copies = Dispatch.objects.filter(message=message, state__in=WAITING)
    wrong = _copies_to_fail_by_channel(
        copies.order_by("pk").values_list("pk", "channel"), sms_supplier_up=sms_supplier_up
    )
    _fail_copies(wrong["email"], BOUNCED, sent_at=sent_at)
    _fail_copies(wrong["sms"], OUT_OF_ORDER if not sms_supplier_up else "sms-rejected", sent_at=sent_at)
    if message.expires_at is not None:
        Dispatch.objects.filter(pk__in=wrong["calls"]).update(
            state=State.EXPIRED, reason=NO_ANSWER, settled_at=message.expires_at
        )
    _settle_remaining_copies_as_arrived(message, sent_at=sent_at)


def _copies_to_fail_by_channel(rows: Iterable[tuple[int, str]], *, sms_supplier_up: bool) -> dict[str, list[int]]:
    """By channel, the copies that do not arrive: the same ones whenever the demonstration is built."""
    wrong: dict[str, list[int]] = {channel: [] for channel in ONE_IN}
    for number, channel in rows:
        if (channel == "sms" and not sms_supplier_up) or number % ONE_IN.get(channel, number + 1) == 0:
            wrong[channel].append(number)
    return wrong


def _fail_copies(copies: list[int], reason: str, *, sent_at: datetime) -> None:
    """For good: noted, and given to the next channel of each person."""
    if not copies:
        return
    moment = sent_at + TAKES["sms"]
    Dispatch.objects.filter(pk__in=copies).update(state=State.FAILED, reason=reason, settled_at=moment, tries=1)
    Attempt.objects.bulk_create(
        Attempt(dispatch_id=number, at=moment, state=State.FAILED, reason=reason) for number in copies
    )
    delivery.requeue_failed_by_next_contact(dispatches=copies, at=moment)


def _settle_remaining_copies_as_arrived(message: Message, *, sent_at: datetime) -> None:
    """Everything that still waits, the copies that fell back too; SMS with a receipt each."""
    waiting = Dispatch.objects.filter(message=message, state__in=WAITING)
    for channel in set(waiting.values_list("channel", flat=True)):
        moment = sent_at + TAKES.get(channel, TAKES["sms"])
        arrived = waiting.filter(channel=channel)
        if channel == "sms":
            _record_sms_spending(message, arrived.count(), at=sent_at)
            arrived.update(reference=Concat(Value("past-"), Cast("pk", CharField())))
            Receipt.objects.bulk_create(
                Receipt(
                    event=f"{reference}-delivered",
                    channel=channel,
                    reference=reference,
                    state=State.DELIVERED,
                    at=moment,
                    dispatch_id=number,
                )
                for number, reference in arrived.values_list("pk", "reference")
            )
        arrived.update(state=ARRIVED.get(channel, State.DELIVERED), settled_at=moment, reason="", tries=1)


def _record_sms_spending(message: Message, parts: int, *, at: datetime) -> None:
    """What these SMS cost, one part each, as the engine would have counted."""
    for scope, key in ((Spending.Scope.AREA, message.area), (Spending.Scope.DAY, "")):
        counter, _is_new = Spending.objects.get_or_create(
            channel="sms", scope=scope, key=key, since=start_of_belgian_day(at), defaults={"parts": 0}
        )
        Spending.objects.filter(pk=counter.pk).update(parts=F("parts") + parts)
