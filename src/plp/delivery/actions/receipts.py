"""What suppliers say later, and what people find out: a dispatch only moves forwards."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from plp.delivery import channel as contract
from plp.delivery.actions.fallback import mark_contacts_failing_and_reroute, requeue_failed_by_next_contact
from plp.delivery.models import Attempt, Dispatch, Receipt
from plp.delivery.references import parse_reference
from plp.delivery.states import MOVES, State
from plp.journal.actions import note
from plp.metrics.recorder import increment_counter
from plp.people.models import Person
from plp.toolbox.moves import Refused, move

LEFT_STATES = Q(state__in=[State.QUEUED, State.HELD, State.CLAIMED], unknowns__gt=0)  # a copy may be with the supplier

# From where each kind of receipt may move a dispatch. accepted < failed < delivered: any order, the same end (T35).
ADVANCES = {
    State.ACCEPTED: Q(state__in=[State.SENDING, State.UNKNOWN]) | LEFT_STATES,
    State.FAILED: Q(state__in=[State.SENDING, State.UNKNOWN, State.ACCEPTED]) | LEFT_STATES,
    State.DELIVERED: Q(state__in=[State.SENDING, State.UNKNOWN, State.ACCEPTED, State.FAILED])
    | LEFT_STATES
    | Q(state__in=[State.EXPIRED, State.STOPPED], unknowns__gt=0),
}


class NotUnknown(Refused):
    """Only a copy whose outcome is unknown can be settled by a person, and only as delivered or failed."""

    sentence = _("The outcome of this copy is already known.")


@transaction.atomic
def record_receipt_and_move_dispatch(*, channel: str, receipt: contract.Receipt, at: datetime) -> bool:
    """Keep a receipt once and move its dispatch forwards if it has news. Answers whether it moved.

    A repetition (same ``event``) changes nothing. A reference that no dispatch has yet is parked and taken up when the
    dispatch is settled: the supplier may answer before our own commit (F15).
    """
    stored, new = Receipt.objects.get_or_create(
        event=receipt.event[:100],
        defaults={
            "channel": channel,
            "reference": receipt.reference[:100],
            "state": receipt.state,
            "reason": receipt.reason[:60],
            "at": at,
        },
    )
    if not new:
        return False
    dispatch = find_dispatch_by_reference(channel, stored.reference)
    moved = apply_receipt_to_whole_copy(stored, dispatch, at=at) if dispatch else False
    if moved:
        increment_counter("plp_receipts", channel, stored.state)
    return moved


@transaction.atomic
def apply_parked_receipts(references: Sequence[str], *, at: datetime) -> int:
    """Apply receipts that came before the worker committed the supplier's reference. Answers how many."""
    applied = 0
    for stored in Receipt.objects.filter(dispatch=None, reference__in=references).order_by("id"):
        dispatch = find_dispatch_by_reference(stored.channel, stored.reference)
        if dispatch:
            apply_receipt_to_whole_copy(stored, dispatch, at=at)
            applied += 1
    return applied


def find_dispatch_by_reference(channel: str, reference: str) -> Dispatch | None:
    """The dispatch with our own reference or the supplier's."""
    own = parse_reference(reference)
    if own is not None:
        number, message = own
        return Dispatch.objects.filter(pk=number, message=message, channel=channel).first()
    return Dispatch.objects.filter(channel=channel, reference=reference).exclude(reference="").first()


def apply_receipt_to_whole_copy(stored: Receipt, dispatch: Dispatch, *, at: datetime) -> bool:
    """Tie a receipt to its dispatch and move that forwards, with what left in the same copy. Whether it moved."""
    Receipt.objects.filter(pk=stored.pk).update(dispatch=dispatch)
    rows = Dispatch.objects.filter(_dispatches_in_copy(dispatch)).filter(ADVANCES[State(stored.state)])
    moved = list(rows.select_for_update().values_list("pk", flat=True))
    left_at = Coalesce("settled_at", Value(at))  # the receipt has its own moment; this stays that of leaving
    ended = {"state": stored.state, "reason": stored.reason, "token": "", "lease_until": None, "settled_at": left_at}
    Dispatch.objects.filter(pk__in=moved).update(**ended)
    if moved and stored.state == State.FAILED:
        requeue_failed_by_next_contact(dispatches=moved, at=at)
    elif moved and stored.reason == contract.COMPLAINT:
        mark_contacts_failing_and_reroute(dispatches=moved, at=at)
    return bool(moved)


def _dispatches_in_copy(dispatch: Dispatch) -> Q:
    """The dispatch, and what left together with it: for the same contact, settled in the same commit (R115)."""
    own = Q(pk=dispatch.pk)
    if not dispatch.digest or dispatch.contact_id is None or dispatch.settled_at is None:
        return own
    same = Q(
        contact=dispatch.contact_id, channel=dispatch.channel, settled_at=dispatch.settled_at, state=dispatch.state
    )
    return own | Q(same, digest=True)


@transaction.atomic
def resolve_unknown_copy(*, dispatch: Dispatch, state: str, by: Person, at: datetime) -> None:
    """A person found out what became of a copy that ended unknown: ``delivered`` or ``failed``.

    Raises ``NotUnknown``; ``moves.WrongState`` when somebody was first.
    """
    if dispatch.state != State.UNKNOWN or state not in {State.DELIVERED, State.FAILED}:
        raise NotUnknown
    move(dispatch, state, table=MOVES, reason="told-by-person", settled_at=at)
    Attempt.objects.create(dispatch=dispatch, at=at, state=state, reason="told-by-person")
    if state == State.FAILED:
        requeue_failed_by_next_contact(dispatches=[dispatch.pk], at=at)
    message = dispatch.message
    note(verb="delivery.unknown_resolved", by=by, at=at, area=message.area, target=message, state=state)
