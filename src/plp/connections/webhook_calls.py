"""Telling programs of others what happened: out of the journal into calls, which a worker makes."""

import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from plp.connections.models import Call, Receiver
from plp.connections.queries import REPORTS, permission_to_manage_receiver
from plp.connections.refusals import AddressNotListed, AlreadyEnded, NoScopeChosen
from plp.connections.rules import (
    KEPT,
    MOST_TRIES,
    is_allowed_webhook_address,
    new_webhook_secret,
)
from plp.connections.states import TOLD_BY, Event
from plp.delivery.rules import retry_pause
from plp.journal.actions import note
from plp.journal.models import Chain, Entry
from plp.journal.queries import PLATFORM
from plp.mandates.queries import require, require_unless_machine
from plp.partnership.queries import partnership_of_area_path
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.ids import new_random_id

LEASE = timedelta(minutes=1)  # for which a call is in one worker's hands
AT_ONCE = 20  # calls that one worker takes
MOST_LINES = 500  # of a chain at one look
GONE = 410


@dataclass(frozen=True)
class CallOutcome:
    """What became of a call: the status that was answered, or why there was none."""

    call: UUID
    status: int | None = None
    reason: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300


@transaction.atomic
def create_receiver(
    *, label: str, address: str, area: Area, events: Collection[str], by: Person, at: datetime
) -> tuple[Receiver, str]:
    """A receiver and its secret, which is shown once. It hears what happens from now on.

    Raises ``AddressNotListed`` for an address that is not on the list of the operator.
    """
    chosen_events = [event for event in Event.values if event in events and event != Event.TEST]
    require(by, permission_to_manage_receiver(chosen_events), area, at=at)
    if not chosen_events or (Event.REPORT in chosen_events and chosen_events != REPORTS):
        raise NoScopeChosen
    if not is_allowed_webhook_address(address, settings.WEBHOOK_HOSTS):
        raise AddressNotListed
    secret = new_webhook_secret()
    fields = {
        "label": label,
        "address": address,
        "host": urlsplit(address).netloc,
        "secret": secret,
        "area": area,
    }
    chain_lengths = dict(_journal_chains(area, chosen_events).values_list("key", "length"))
    receiver = Receiver.objects.create(**fields, events=chosen_events, made_by=by, made_at=at, seen=chain_lengths)
    note(verb="receiver.made", by=by, at=at, area=area.path, target=receiver, events=chosen_events)
    return receiver, secret


def _journal_chains(area: Area, events: Collection[str]) -> QuerySet[Chain]:
    """The chains of the journal in which a receiver's lines stand: reports name no quarter, so that of the platform."""
    own = Q(key__startswith=area.path)
    return Chain.objects.filter(own | Q(key=PLATFORM) if Event.REPORT in events else own)


@transaction.atomic
def end_receiver(*, receiver: Receiver, by: Person | None, at: datetime) -> None:
    """Tell it nothing any more. ``by`` is nobody where the receiver itself said so (410)."""
    require_unless_machine(by, permission_to_manage_receiver(receiver.events), receiver.area, at=at)
    if not Receiver.objects.filter(pk=receiver.pk, ended_at=None).update(ended_at=at):
        raise AlreadyEnded
    receiver.calls.filter(ended_at=None).update(ended_at=at, reason="ended")
    note(verb="receiver.ended", by=by, at=at, area=receiver.area.path, target=receiver)


@transaction.atomic
def queue_test_call(*, receiver: Receiver, by: Person, at: datetime) -> Call:
    """A call that tells nothing, to see whether it arrives."""
    require(by, permission_to_manage_receiver(receiver.events), receiver.area, at=at)
    if receiver.ended_at:
        raise AlreadyEnded
    note(verb="receiver.tested", by=by, at=at, area=receiver.area.path, target=receiver)
    return _create_call(receiver, Event.TEST, partnership_key=None, about_key="", at=at, told_at=at)


def queue_calls_for_journal_entries(*, at: datetime) -> int:
    """Make a call of every line of the journal that a receiver wants to hear, once. Answers how many."""
    keys = Receiver.objects.filter(ended_at=None).order_by("made_at").values_list("pk", flat=True)
    return sum(_queue_calls_of_receiver(key, at) for key in list(keys))


@transaction.atomic
def _queue_calls_of_receiver(key: UUID, at: datetime) -> int:
    """What is new for one receiver. Its row is locked, so that another worker tells nothing twice."""
    receiver = Receiver.objects.select_for_update(of=("self",)).select_related("area").get(pk=key)
    chains = _journal_chains(receiver.area, receiver.events).values_list("key", "length")
    grown = [chain for chain, length in chains.order_by("key") if length > receiver.seen.get(chain, 0)]
    queued = 0
    for chain in grown:
        lines = Entry.objects.filter(chain=chain, number__gt=receiver.seen.get(chain, 0)).order_by("number")
        for line in lines[:MOST_LINES]:
            receiver.seen[chain] = line.number
            event = TOLD_BY.get(line.verb) if line.area.startswith(receiver.area.path) else None
            if event and event in receiver.events and receiver.ended_at is None:
                partnership, about = partnership_of_area_path(line.area), line.target.rpartition(":")[2]
                _create_call(
                    receiver,
                    event,
                    partnership_key=partnership.key if partnership else None,
                    about_key=about,
                    at=at,
                    told_at=line.at,
                )
                queued += 1
    if grown:
        receiver.save(update_fields=["seen"])
    return queued


def _create_call(
    receiver: Receiver, event: Event, *, partnership_key: str | None, about_key: str, at: datetime, told_at: datetime
) -> Call:
    body = {
        "type": event.value,
        "timestamp": told_at.isoformat(timespec="seconds"),
        "data": {"partnership": partnership_key, "id": about_key},
    }
    words = json.dumps(body, separators=(",", ":"))
    return Call.objects.create(id=new_random_id(), receiver=receiver, event=event, body=words, made_at=at, due_at=at)


@transaction.atomic
def lease_due_webhook_calls(*, at: datetime) -> list[Call]:
    """Calls that are due, in this worker's hands for a minute: what it does not bring back by then is due again."""
    due = Call.objects.filter(ended_at=None, due_at__lte=at, receiver__ended_at=None).order_by("due_at", "pk")
    ids = list(due.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:AT_ONCE])
    Call.objects.filter(pk__in=ids).update(due_at=at + LEASE, tries=F("tries") + 1)
    return list(Call.objects.filter(pk__in=ids).select_related("receiver__area").order_by("made_at", "pk"))


@transaction.atomic
def record_call_outcomes(*, outcomes: Iterable[CallOutcome], at: datetime) -> None:
    """Write down what became of calls: taken, tried again later, given up, or the receiver wants no more."""
    for outcome in outcomes:
        call = Call.objects.filter(pk=outcome.call, ended_at=None).select_related("receiver__area").first()
        if call is None:
            continue
        call.status, call.reason = outcome.status, outcome.reason[:60]
        if outcome.is_taken or call.tries >= MOST_TRIES or outcome.status == GONE:
            call.ended_at, call.taken = at, outcome.is_taken
        else:
            pause = retry_pause(call.tries, urgent=False, random_share=secrets.randbelow(1000) / 1000)
            call.due_at = at + pause
        call.save(update_fields=["status", "reason", "ended_at", "taken", "due_at"])
        if outcome.status == GONE and call.receiver.ended_at is None:
            end_receiver(receiver=call.receiver, by=None, at=at)


def delete_old_calls(*, at: datetime) -> int:
    """Delete the calls that ended a month ago."""
    return Call.objects.filter(ended_at__lte=at - KEPT).delete()[0]
