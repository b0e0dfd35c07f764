"""What a dispatch can be, and the table of its moves (docs/design.md#outbox)."""

from django.db import models

from plp.toolbox.moves import Moves


class State(models.TextChoices):
    """Where one message to one contact stands."""

    QUEUED = "queued"
    HELD = "held"  # due later: quiet hours, or the member's own wish
    CLAIMED = "claimed"  # a worker holds it under a lease
    SENDING = "sending"  # the data may have left
    ACCEPTED = "accepted"  # the supplier took it
    DELIVERED = "delivered"  # the supplier says it arrived
    FAILED = "failed"
    UNKNOWN = "unknown"  # may have left twice: shown to a human, never tried a third time
    EXPIRED = "expired"
    STOPPED = "stopped"  # by the kill switch or by the member


MOVES = Moves(
    State,
    start=State.QUEUED,
    table={
        # By hand (paper, calls) a queued row is accepted when its sheet is printed, and queued again to ring later.
        # A receipt may overtake our own commit: what is in hand or queued after a crash may turn out delivered.
        State.QUEUED: (
            State.CLAIMED,
            State.HELD,
            State.ACCEPTED,
            State.DELIVERED,
            State.FAILED,
            State.EXPIRED,
            State.STOPPED,
        ),
        State.HELD: (State.QUEUED, State.ACCEPTED, State.DELIVERED, State.FAILED, State.EXPIRED, State.STOPPED),
        State.CLAIMED: (
            State.QUEUED,
            State.SENDING,
            State.HELD,
            State.ACCEPTED,
            State.DELIVERED,
            State.FAILED,
            State.EXPIRED,
            State.STOPPED,
        ),
        State.SENDING: (State.ACCEPTED, State.DELIVERED, State.QUEUED, State.FAILED, State.UNKNOWN),
        State.ACCEPTED: (State.DELIVERED, State.FAILED, State.QUEUED),
        State.UNKNOWN: (State.ACCEPTED, State.DELIVERED, State.FAILED),
        State.DELIVERED: (),
        State.FAILED: (State.DELIVERED,),
        State.EXPIRED: (State.DELIVERED,),
        State.STOPPED: (State.DELIVERED,),
    },
)
WAITING = (State.QUEUED, State.HELD, State.CLAIMED)  # nothing has left yet: these can still be stopped
OPEN = (*WAITING, State.SENDING)  # not yet at an end

# Reasons that the centre itself gives; those of suppliers are their channel's.
SCHEDULED = "scheduled"  # held until the hours of the plan: everybody may know
OVER_BUDGET = "over-budget"  # what may be spent is spent: bulk is held until the morning, an alarm goes elsewhere
PUBLIC = (SCHEDULED, OVER_BUDGET)  # reasons of holding that everybody may know
EXPIRED_HELD = "expired-held"  # expired while its person wanted to be left alone: looks like sent (T14)
MESSAGE_STOPPED = "message-stopped"  # pulled back before it left
STOPPED_HELD = "stopped-held"  # stopped meanwhile: looks like sent too
