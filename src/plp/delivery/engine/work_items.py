"""What travels between the connections and the thread that commits."""

from dataclasses import dataclass, field
from typing import NamedTuple

from plp.delivery.channel import Envelope, Receipt
from plp.delivery.states import State

PROVEN_ADDRESS = "proven"  # codes to contacts that were proven: nobody makes up such a number, so no range counts them


class Charge(NamedTuple):
    """What one copy costs in message parts, and whose counters it goes by.

    ``codes``: the range of numbers by which it is counted, or ``PROVEN_ADDRESS``; empty for what is no code.
    """

    parts: int
    number: str
    area: str
    codes: str


class ClaimedCopy(NamedTuple):
    """One claimed dispatch, ready to leave; ``others`` are those for the same contact that leave in the same copy."""

    id: int
    token: str
    channel: str
    urgent: bool
    tries: int
    unknowns: int
    envelope: Envelope
    others: tuple[int, ...] = ()
    charge: Charge | None = None

    @property
    def ids(self) -> tuple[int, ...]:
        """Every dispatch in this copy."""
        return (self.id, *self.others)

    def results_returning_to_outbox(self) -> list["SendResult"]:
        """The results by which a copy that was not started goes back to the outbox."""
        return [SendResult(number, self.token, State.QUEUED, tried=0) for number in self.ids]


class SendResult(NamedTuple):
    """What became of an item. ``pause`` is in seconds from the commit; ``tried`` and ``unknown`` are added up."""

    id: int
    token: str
    state: str = State.ACCEPTED
    reference: str = ""
    reason: str = ""
    tried: int = 1
    unknown: int = 0
    pause: float = 0.0
    early: bool = False  # an urgent copy that should rather take the person's next channel, if there is one
    unsent: bool = False  # nothing left: what the start of the copy spent is given back


class CountedParts(NamedTuple):
    """Parts counted on some rows of ``Spending``."""

    parts: int
    rows: tuple[int, ...]


class ClaimRequest(NamedTuple):
    """How many rows of a channel to claim; ``urgent_only`` leaves bulk where it is."""

    channel: str
    number: int
    urgent_only: bool


class SupplierHealth(NamedTuple):
    """That a supplier of a channel (0 is the first choice) was suspended (``reason``) or is back (empty)."""

    channel: str
    supplier: int
    reason: str


@dataclass
class CommitBatch:
    """What one transaction shall write and fetch."""

    results: list[SendResult] = field(default_factory=list)
    starts: list[ClaimedCopy] = field(default_factory=list)
    wants: list[ClaimRequest] = field(default_factory=list)
    health: list[SupplierHealth] = field(default_factory=list)
    receipts: list[tuple[str, Receipt]] = field(default_factory=list)  # each with its channel
    sweep: bool = False
    reroute: list[str] = field(default_factory=list)  # channels down for so long that urgent copies go elsewhere


@dataclass
class CommitOutcome:
    """What came of it, once committed."""

    started: set[int] = field(default_factory=set)
    claimed: dict[str, list[ClaimedCopy]] = field(default_factory=dict)
    late: int = 0  # results refused because the lease was lost
    spent: dict[int, CountedParts] = field(default_factory=dict)  # by dispatch, what its start was charged
    back: list[SendResult] = field(
        default_factory=list
    )  # claimed, but the database went away before they could be read
