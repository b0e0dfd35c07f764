"""The words of progress: what is known of a copy, in one word for every channel, page, file and figure.

A letter or call by hand counts when somebody ticked it, never when the sheet was taken: then it is ``handed_out``.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import GONE, HEARD, HELP_WANTED, MAILBOX_FULL, MAILBOX_GONE, NO_MORE_CALLS, READ, RUNG
from plp.delivery.installed import channels
from plp.delivery.states import EXPIRED_HELD, PUBLIC, STOPPED_HELD, State


class ProgressWord(models.TextChoices):
    """What is known of one copy, the best first. The values are the fields of ``queries.Tally``."""

    READ = "read", _("read")
    HEARD = "heard", _("heard")
    DELIVERED = "delivered", _("delivered")
    SENT = "sent", _("sent, no receipt")
    HANDED_OUT = "handed_out", _("handed out")
    RUNG = "rung", _("rung, no answer yet")
    WAITING = "waiting", _("waiting")
    FAILED = "failed", _("not reached")
    GONE = "gone", _("address is gone")
    FULL = "full", _("mailbox is full")
    UNKNOWN = "unknown", _("doubtful")
    EXPIRED = "expired", _("too late")
    STOPPED = "stopped", _("stopped")


# By the state of a copy, and by its reason where that says more. A channel carried by hand says in its ``outcomes``
# which word an outcome of its own is.
OF_STATE: Mapping[str, ProgressWord] = {
    State.QUEUED: ProgressWord.WAITING,
    State.HELD: ProgressWord.WAITING,
    State.CLAIMED: ProgressWord.WAITING,
    State.SENDING: ProgressWord.WAITING,
    State.ACCEPTED: ProgressWord.SENT,
    State.DELIVERED: ProgressWord.DELIVERED,
    State.FAILED: ProgressWord.FAILED,
    State.UNKNOWN: ProgressWord.UNKNOWN,
    State.EXPIRED: ProgressWord.EXPIRED,
    State.STOPPED: ProgressWord.STOPPED,
}
OF_REASON: Mapping[tuple[str, str], ProgressWord] = {
    (State.DELIVERED, READ): ProgressWord.READ,
    (State.DELIVERED, HEARD): ProgressWord.HEARD,
    (State.DELIVERED, HELP_WANTED): ProgressWord.HEARD,
    (State.DELIVERED, NO_MORE_CALLS): ProgressWord.HEARD,
    (State.QUEUED, RUNG): ProgressWord.RUNG,
    (State.FAILED, GONE): ProgressWord.GONE,
    (State.FAILED, MAILBOX_GONE): ProgressWord.GONE,
    (State.FAILED, MAILBOX_FULL): ProgressWord.FULL,
}
# Where a copy for somebody who wants to be left alone is counted: with the others of its channel, the first there is.
INCONSPICUOUS = (
    ProgressWord.DELIVERED,
    ProgressWord.HEARD,
    ProgressWord.SENT,
    ProgressWord.WAITING,
    ProgressWord.READ,
)


def progress_word(channel: str, state: str, reason: str) -> ProgressWord:
    """What is known of a copy of ``channel`` in ``state`` with ``reason``. ``RUNG`` may go on: ``rung-busy``."""
    installed = channels().get(channel)
    if installed is not None:
        outcome = installed.outcomes.get(reason)
        if outcome is not None and outcome.state == state and outcome.word:
            return ProgressWord(outcome.word)
        if installed.abilities.by_hand and state == State.ACCEPTED:
            return ProgressWord.HANDED_OUT
    stem = RUNG if reason.startswith(f"{RUNG}-") else reason
    return OF_REASON.get((state, stem), OF_STATE[state])


def is_held_at_recipients_wish(state: str, reason: str) -> bool:
    """Whether a copy waits, or waited to its end, for somebody who wants to be left alone (T14)."""
    return (state == State.HELD and reason not in PUBLIC) or reason in {EXPIRED_HELD, STOPPED_HELD}
