"""How a call can end, as data, and what the networks say (RFC 3261, section 21)."""

from typing import NamedTuple

from plp.delivery.channel import RUNG, ConnectionFailed, DeliveryFailed

MINUTE = 60.0


class CallEnd(NamedTuple):
    """``reason`` stands in the ledger. ``urgent`` and ``bulk``: seconds until the next try, None if there is none.

    ``costs``: the network carried it. ``service``: the trunk takes nothing just now, from nobody.
    """

    reason: str
    urgent: float | None
    bulk: float | None
    costs: bool = False
    service: bool = False


BUSY = CallEnd(f"{RUNG}-busy", MINUTE, 10 * MINUTE)
NO_ANSWER = CallEnd(RUNG, MINUTE, 30 * MINUTE)
DECLINED = CallEnd(f"{RUNG}-declined", MINUTE, 30 * MINUTE)
NO_KEY = CallEnd(f"{RUNG}-no-key", MINUTE, 30 * MINUTE, costs=True)  # answered, and nobody pressed anything
MACHINE = CallEnd(f"{RUNG}-machine", MINUTE, 30 * MINUTE, costs=True)
NO_SUCH_NUMBER = CallEnd("voice-no-such-number", None, None)
REFUSED = CallEnd("voice-refused", None, None)
TRUNK_DOWN = CallEnd("voice-trunk-down", MINUTE, MINUTE, service=True)

BY_STATUS = {
    403: REFUSED,
    404: NO_SUCH_NUMBER,
    408: NO_ANSWER,
    410: NO_SUCH_NUMBER,
    480: NO_ANSWER,
    484: NO_SUCH_NUMBER,
    486: BUSY,
    487: NO_ANSWER,
    600: BUSY,
    603: DECLINED,
    604: NO_SUCH_NUMBER,
}
SETUP_FAULTS = frozenset({401, 407})  # name or password is wrong: nobody who is called is to blame


def outcome_of_status(status_line: str) -> CallEnd:
    """The outcome of a call that nobody answered, by the first words with which it was closed, such as ``486 Busy``.

    Raises ``ConnectionFailed`` where the trunk did not let us in, or was not there.
    """
    status = int(status_line[:3]) if status_line[:3].isdecimal() else 0
    if status in SETUP_FAULTS:
        raise ConnectionFailed("voice-sign-in")
    if not status:
        raise ConnectionFailed("voice-cut")
    return BY_STATUS.get(status, TRUNK_DOWN)


def delivery_failure_of_outcome(outcome: CallEnd, *, urgent: bool) -> DeliveryFailed:
    """What the engine is told of a call that reached nobody."""
    pause = outcome.urgent if urgent else outcome.bulk
    return DeliveryFailed(
        outcome.reason, temporary=pause is not None, after=pause, service=outcome.service, costs=outcome.costs
    )
