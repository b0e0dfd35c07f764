"""What somebody answered a call by pressing a key: it is heeded in the commit that counts the copy as delivered."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from plp.delivery.actions.fallback import queue_on_next_channel
from plp.delivery.channel import HEARD, HELP_WANTED, NO_MORE_CALLS
from plp.delivery.models import Dispatch
from plp.delivery.states import WAITING, State
from plp.people import actions as people
from plp.people.models import ContactPoint

KEY_REASONS = (HEARD, HELP_WANTED, NO_MORE_CALLS)
type KeyListener = Callable[[Dispatch, datetime], None]
_listeners: list[KeyListener] = []


def add_key_listener(listener: KeyListener) -> None:
    """Let a room above hear of each key: the dispatch, whose reason is one of ``KEY_REASONS``, and when."""
    _listeners.append(listener)


@transaction.atomic
def refuse_unwanted_calls_and_notify_listeners(*, dispatches: Sequence[int], at: datetime) -> None:
    """Do what these answers ask for, and tell those who listen."""
    rows = Dispatch.objects.filter(pk__in=dispatches, state=State.DELIVERED, reason__in=KEY_REASONS)
    for dispatch in rows.exclude(contact=None).select_related("contact__person", "message").order_by("id"):
        if dispatch.reason == NO_MORE_CALLS and dispatch.contact is not None:
            refuse_channel_and_reroute(contact=dispatch.contact, channel=dispatch.channel, at=at)
        for listener in _listeners:
            listener(dispatch, at)


@transaction.atomic
def refuse_channel_and_reroute(*, contact: ContactPoint, channel: str, at: datetime) -> ContactPoint:
    """Keep that the owner of a number wants nothing more by this channel, which borrowed it. Other channels keep it.

    What waits goes by the person's next channel. Answers the stopped contact: they see it among their own, and may
    take the STOP back.
    """
    own = people.add_contact(person=contact.person, channel=channel, address=contact.address, by=None, at=at)
    people.confirm_contact_and_clear_failure(contact=own, by=None, at=at)
    people.stop_contact(contact=own, how="phone", by=None, at=at)
    waiting = Dispatch.objects.filter(contact__person=contact.person_id, channel=channel, state__in=WAITING)
    ids = list(waiting.values_list("pk", flat=True))
    queue_on_next_channel(ids, at)
    ended = {"state": State.STOPPED, "reason": NO_MORE_CALLS, "token": "", "lease_until": None, "settled_at": at}
    Dispatch.objects.filter(pk__in=ids, state__in=WAITING).update(**ended)
    return own
