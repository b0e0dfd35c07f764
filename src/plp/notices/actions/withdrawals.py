"""A message taken back: what waits never leaves, and where it must be, those who got it are told by every channel."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from plp.charter.kinds import KINDS
from plp.delivery import actions as delivery
from plp.delivery.models import Dispatch, Message
from plp.delivery.queries import contacts_perhaps_reached
from plp.delivery.states import State as CopyState
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require, require_unless_machine
from plp.notices.actions.forwards import (
    UNANSWERED,
    close_unanswered_forwarding,
    withdraw_open_forwards_and_list_copies,
)
from plp.notices.actions.gates import move_notice_state_or_name_rival
from plp.notices.models import Forwarding, Notice, Relay
from plp.notices.queries import can_notice_be_stopped, has_notice_ended
from plp.notices.states import MOVES, State
from plp.notices.withdrawal_letters import WITHDRAWN, withdrawal_copies
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move

WAITING = (State.DRAFT, State.GATHERED, State.SUBMITTED, State.RELEASED)
UNDER_WAY = (State.RELEASED, State.RELAYED)
NEVER_LEFT = (CopyState.STOPPED, CopyState.HELD)  # what is held for a person who wants to be left alone stays held
WITHDRAWAL_LASTS = timedelta(days=7)  # a word that comes later than that helps nobody


@transaction.atomic
def retract_notice_everywhere(*, notice: Notice, by: Person, at: datetime, tell: bool = False) -> int:
    """Stop a notice: what was not claimed yet never leaves (T1, F27). Answers how many copies were stopped.

    With ``tell``, and always when it came from an official source, those whom it reached hear that it no longer holds
    (R125). Where the same words went to other partnerships, they stop there, too (R120). Raises ``NotAllowed`` or
    ``WrongState``.
    """
    require(by, Permission.NOTICE_STOP, notice.partnership.area, at=at)
    notice.refresh_from_db(fields=["state"])
    if notice.state == State.EXPIRED and not can_notice_be_stopped(notice):
        raise WrongState
    stopped = _withdraw_and_count_stopped(notice, by=by, at=at, tell=tell)
    return stopped + sum(
        _withdraw_and_count_stopped(copy, by=by, at=at, tell=tell)
        for copy in withdraw_open_forwards_and_list_copies(notice, at=at)
    )


@transaction.atomic
def expire_or_withdraw_notices(*, by: Person | None, at: datetime) -> int:
    """End every notice whose time has come: what nobody relayed expires (R111); what came from an official source and
    was relayed is withdrawn from everybody whom it reached (R125). Answers how many. Done twice, it is done once.
    """
    official = [key for key, kind in KINDS.items() if kind.needs_reference]
    relayed = Notice.objects.filter(kind__in=official, state=State.RELAYED, relay__message__expires_at__lte=at)
    ended = 0
    for notice in relayed.select_related("partnership__area"):
        try:
            with transaction.atomic():
                _withdraw_and_count_stopped(notice, by=by, at=at, tell=True)
        except WrongState:  # somebody stopped it at this very moment
            continue
        ended += 1
    for notice in Notice.objects.filter(state=State.RELEASED).order_by("pk"):
        if not has_notice_ended(notice, at=at):
            continue
        try:
            with transaction.atomic():
                move(notice, State.EXPIRED, table=MOVES)
                withdraw_open_forwards_and_list_copies(notice, at=at)
                note(verb="notice.expired", by=by, at=at, area=notice.partnership.area.path, target=notice)
        except WrongState:  # somebody relayed or stopped it at this very moment
            continue
        ended += 1
    return ended


@transaction.atomic
def drop_or_expire_notices_of_ended_partnership(*, partnership: Partnership, by: Person | None, at: datetime) -> int:
    """End what is being written or waits in a partnership that has ended (R148); answers how many messages.

    What was not released is dropped; what nobody relayed expires; what was relayed and stopped before a copy left is
    taken back. What other police asked to be taken over here counts as not answered in time. Raises ``NotAllowed``.
    """
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    waiting = Notice.objects.select_for_update(of=("self",)).filter(partnership=partnership, state__in=WAITING)
    notices = list(waiting.order_by("pk"))
    for notice in notices:
        is_released = notice.state == State.RELEASED
        move(notice, State.EXPIRED if is_released else State.DROPPED, table=MOVES)
        withdraw_open_forwards_and_list_copies(notice, at=at)
        verb = "notice.expired" if is_released else "notice.dropped"
        note(verb=verb, by=by, at=at, area=partnership.area.path, target=notice)
    open_forwards = Forwarding.objects.filter(partnership=partnership, state__in=UNANSWERED)
    for passing in open_forwards.select_related("lead", "partnership__area"):
        close_unanswered_forwarding(passing, by=by, at=at)
    return len(notices) + _retract_relayed_notices_stopped_before_leaving(partnership, by=by, at=at)


def _retract_relayed_notices_stopped_before_leaving(
    partnership: Partnership, *, by: Person | None, at: datetime
) -> int:
    """What was relayed and reached nobody; not where copies of it are still under way elsewhere."""
    copies = Dispatch.objects.filter(message=OuterRef("relay__message")).exclude(state__in=NEVER_LEFT)
    stopped = Notice.objects.filter(partnership=partnership, state=State.RELAYED, relay__message__stopped_at__lte=at)
    notices = list(stopped.exclude(Exists(copies)).exclude(copies__state__in=UNDER_WAY).order_by("pk"))
    for notice in notices:
        move(notice, State.RETRACTED, table=MOVES, retracted_at=at)
        note(verb="notice.retracted", by=by, at=at, area=partnership.area.path, target=notice, stopped=0, told=0)
    return len(notices)


def _withdraw_and_count_stopped(notice: Notice, *, by: Person | None, at: datetime, tell: bool) -> int:
    """Move, stop, tell, note. Answers how many copies were stopped.

    Whether it was relayed is asked after the move: until then the coordinator may do it, after the page was read (F26).
    """
    move_notice_state_or_name_rival(notice, State.RETRACTED, by=by, retracted_at=at)
    relay = Relay.objects.filter(notice=notice).select_related("message").first()
    stopped = withdrawn_copies = 0
    if relay is not None:
        stopped = delivery.stop_message(message=relay.message, by=by, at=at)
        if tell or KINDS[notice.kind].needs_reference:
            withdrawn_copies = _queue_withdrawal_copies(notice, relay.message, by=by, at=at)
    area = notice.partnership.area.path
    note(verb="notice.retracted", by=by, at=at, area=area, target=notice, stopped=stopped, told=withdrawn_copies)
    return stopped


def _queue_withdrawal_copies(notice: Notice, sent_message: Message, *, by: Person | None, at: datetime) -> int:
    """Queue the word of withdrawal to exactly those whom a copy reached, by the channels of the message."""
    channels = list(sent_message.channels.order_by("rank").values_list("channel", flat=True))
    message = delivery.create_message(
        purpose=WITHDRAWN.purpose,
        subject_id=notice.pk,
        area=notice.partnership.area.path,
        texts=withdrawal_copies(notice, channels),
        channels=channels,
        urgent=KINDS[notice.kind].urgent,
        expires_at=at + WITHDRAWAL_LASTS,
        by=by,
        at=at,
    )
    return delivery.enqueue_copy_for_each_person(
        message=message, contacts=contacts_perhaps_reached(sent_message), at=at
    )
