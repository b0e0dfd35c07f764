"""What the machine does about partnerships that move, at each look: close, pack, read in, forget."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from plp.exchange import actions as exchange
from plp.exchange.letters_to_members import tell_members_after_move
from plp.exchange.models import PartnershipMove
from plp.exchange.move_queries import count_active_members_of_move
from plp.exchange.outbox import queue_letter
from plp.exchange.states import PARTNERSHIP_MOVES, UNDER_WAY, LetterKind, MoveState
from plp.journal.actions import note
from plp.ops.transfer.arrival import ArchiveRefused, import_archive_of_moved_partnership
from plp.ops.transfer.departure import (
    close_partnership_on_moving_day,
    end_and_erase_moved_partnership,
    has_moving_day_come,
    pack_archive_and_queue_its_letters,
)
from plp.sandbox.refusals import NotReadNow
from plp.toolbox.moves import move


def advance_every_partnership_move(*, at: datetime) -> int:
    """Take each move as far as it can go now; may be done again at any moment. Answers how many went a step."""
    waiting = PartnershipMove.objects.filter(finished_at=None).filter(state__in=[*UNDER_WAY, MoveState.MOVED])
    return sum(
        _advance_locked_move_one_step(key, at) for key in waiting.order_by("made_at").values_list("pk", flat=True)
    )


@transaction.atomic
def _advance_locked_move_one_step(move_id: UUID, at: datetime) -> bool:
    """One step of one move, its row in our hands: two workers take turns."""
    rows = PartnershipMove.objects.select_for_update(of=("self",), skip_locked=True)
    current = rows.select_related("partner__area", "partnership__area").filter(pk=move_id, finished_at=None).first()
    if current is None:
        return False
    if not current.is_ours:
        return current.state == MoveState.SENT and _import_arrived_partnership_and_notify_or_refuse(current, at)
    if current.state == MoveState.MOVED:
        end_and_erase_moved_partnership(current, at=at)
        return True
    if current.state != MoveState.AGREED or not has_moving_day_come(current, at):
        return False
    if current.closed_at is None:
        close_partnership_on_moving_day(current, at=at)
    else:
        pack_archive_and_queue_its_letters(current, at=at)
    return True


def _import_arrived_partnership_and_notify_or_refuse(arrival: PartnershipMove, at: datetime) -> bool:
    """Read the archive in, say so, and tell the members; or say why not, and nothing is here."""
    try:
        partnership = import_archive_of_moved_partnership(arrival, at=at)
    except NotReadNow:  # no process for it now: at the next look
        return False
    except ArchiveRefused as refused:
        exchange.refuse_move(offer=arrival, because=refused.reason.value, by=None, at=at)
        PartnershipMove.objects.filter(pk=arrival.pk).update(finished_at=at)
        return True
    move(arrival, MoveState.MOVED, table=PARTNERSHIP_MOVES, partnership=partnership, finished_at=at)
    arrival.members = count_active_members_of_move(arrival)
    arrival.letter_count = tell_members_after_move(arrival, by=None, at=at)
    arrival.save(update_fields=["members", "letter_count"])
    arrival.received_parts.all().delete()
    queue_letter(
        arrival.partner, LetterKind.MOVED, {"move": str(arrival.key), "members": arrival.members}, by=None, at=at
    )
    note(
        verb="exchange.moved_here",
        by=None,
        at=at,
        area=partnership.area.path,
        target=partnership,
        members=arrival.members,
    )
    return True
