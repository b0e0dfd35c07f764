"""The whole contract between the outbox and a channel (docs/design.md#channels).

A channel is a folder with a class, announced by an entry point in the group ``plp.channels``. It may import this
module, ``plp.delivery.phone_numbers`` and ``plp.toolbox``, nothing else of the house. It knows the envelope, not the
person; the centre never compares its key. Others wrote channels too: no name of this module is changed.

**Channels that send** (``abilities.by_hand`` false: e-mail, SMS) implement ``Sender``. The engine opens up to
``abilities.concurrency`` connections and gives each one envelope at a time. What ``Connection.send`` answers or raises
decides the dispatch:

* returns ``Accepted`` or ``Receipt``      the supplier took it (or it even arrived);
* raises ``DeliveryFailed``                this recipient's copy did not leave: ``permanent`` ends it, ``temporary``
                                           tries again later;
* raises ``ConnectionFailed``              the supplier cannot be reached and no data can have left: nobody's try is
                                           counted, the supplier rests (circuit breaker), the next one takes over;
* raises ``OutcomeUnknown``                the data may have left and no answer came: one more copy at most, ever.

A connection that is ``Tracked`` also says when the data leaves and when it was taken, so that a crash leaves less in
doubt.

A copy that cannot even be written (``prepare`` or the envelope raises) is tried three times in all, then parked as
failed (poison). Any other exception out of ``send`` counts as ``OutcomeUnknown``: better a question than a third copy.

**Channels carried by hand** (``abilities.by_hand`` true: paper, call list) implement ``Channel`` only. The worker never
touches their rows. People move them through ``plp.delivery.actions``:

* ``mark_handed_out(message=, channel=, by=, at=, copy_ids=None)`` a sheet or list was taken: queued -> accepted;
* ``record_hand_outcome_and_reroute(dispatch=, outcome=, by=, at=)`` ticked off: accepted -> delivered, or failed with
  the outcome.

Which outcomes exist is the channel's own data: ``outcomes`` maps a stored key to ``Outcome(label, state)``, where state
is one of ``delivered``, ``failed`` or ``queued`` (``queued`` = try again later: it stays on the list).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple, Protocol, runtime_checkable

from django.utils.translation import gettext_lazy as _

from plp.delivery.texts import PLACES, Slot, Text, slots_of
from plp.delivery.texts import fill_slots as fill
from plp.delivery.texts import split_at_slots as pieces
from plp.delivery.texts import strip_slots as plain
from plp.toolbox.moves import Refused

GONE = "address-gone"  # the reason of a permanent failure after which the address itself is removed
# Reasons after which an address is marked: its person's other ones are taken first, and told what is wrong with it.
MAILBOX_GONE = "mailbox-gone"
MAILBOX_FULL = "mailbox-full"
MAILBOX_UNREACHABLE = "mailbox-unreachable"  # tried for days
COMPLAINT = "complaint"  # it arrived, and its reader called it unwanted
# Reasons that say more of a copy than its state (``progress_words``): of what arrived that it was heard or read, of
# what waits for its next try that it rang and nobody answered (``rung``, or ``rung-busy`` and the like).
HEARD, READ, RUNG = "heard", "read", "rung"
# What else somebody answered at once by pressing a key: they heard it too.
HELP_WANTED = "help-wanted"  # and want to be called by a person
NO_MORE_CALLS = "no-more-calls"  # and want no more messages by this channel

__all__ = [
    "COMPLAINT",
    "GONE",
    "HEARD",
    "HELP_WANTED",
    "MAILBOX_FULL",
    "MAILBOX_GONE",
    "MAILBOX_UNREACHABLE",
    "NO_MORE_CALLS",
    "PLACES",
    "Abilities",
    "Accepted",
    "AddressForm",
    "AskableConnection",
    "BadAddress",
    "Channel",
    "Connection",
    "ConnectionFailed",
    "DeliveryFailed",
    "Envelope",
    "Limits",
    "Lined",
    "ManySuppliers",
    "Metered",
    "Outcome",
    "OutcomeUnknown",
    "Preceding",
    "Prepared",
    "Progress",
    "Receipt",
    "ReceiptReader",
    "Sender",
    "Sited",
    "Slot",
    "Text",
    "Tracked",
    "Untracked",
    "fill",
    "pieces",
    "plain",
    "slots_of",
]


class BadAddress(Refused):
    """What was typed is not an address this channel can reach. Subclass it for a more helpful sentence."""

    sentence = _("This address cannot be used. Check it and type it again.")


class DeliveryFailed(Exception):
    """This copy did not leave. ``reason`` is a short key such as ``smtp-550``: never an address, never a text.

    With the reason ``GONE`` the address is of no use any more: it is removed, and not tried again. With one of
    ``MAILBOX_...`` it is marked.
    ``after`` is the pause in seconds that the supplier asked for, if it did. ``service``: the supplier takes nothing
    just now, from nobody (429, 503): its circuit breaker counts it, and another supplier may take the copy.
    ``costs``: it has to be paid for all the same (a call that a machine answered).
    """

    def __init__(
        self, reason: str, *, temporary: bool, after: float | None = None, service: bool = False, costs: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason[:60]
        self.temporary = temporary
        self.after = after
        self.service = service
        self.costs = costs


class ConnectionFailed(Exception):
    """The supplier cannot be reached, or the connection broke before the data could leave: no recipient is to blame.

    ``slow``: nothing broke, the supplier kept us waiting for too long.
    """

    def __init__(self, reason: str, *, slow: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason[:60]
        self.slow = slow


class OutcomeUnknown(Exception):
    """The data may have left, and no answer came (docs/faults.md#unknown). ``slow`` as in ``ConnectionFailed``."""

    def __init__(self, reason: str, *, slow: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason[:60]
        self.slow = slow


@dataclass(frozen=True)
class Abilities:
    """What a channel can do, fixed.

    ``html``: shows the HTML part. ``receipts``: says later whether it arrived. ``replies``: members can answer (STOP).
    ``max_length``: characters of a body, or None. ``cost``: euro cents of one message part, 0 if none. ``paper``: ends
    on a sheet. ``concurrency``: connections that make sense at once (0 by hand). ``by_hand``: carried by people.
    ``asks``: a supplier can be asked by our reference whether it saw a copy. ``borrows``: keys of channels whose
    addresses serve here too when a message falls back on this channel (a call list can ring a mobile number).
    ``bundles``: several messages for one person can go as one copy. ``titles``: shows the subject above a short text.
    ``precedes``: keys of channels carried by hand that it goes before, by every plan that names them and to the
    addresses given for them (``Preceding``). ``spoken``: its texts are read aloud. ``tries``: copies that one message
    may send to one address, doubts included, where these are fewer than others have. ``lasts``: seconds that handing a
    copy over takes where these are many (a call); the worker's lease is longer by as much.
    """

    html: bool = False
    receipts: bool = False
    replies: bool = False
    max_length: int | None = None
    cost: int = 0
    paper: bool = False
    concurrency: int = 0
    by_hand: bool = False
    asks: bool = False
    borrows: tuple[str, ...] = ()
    bundles: bool = False
    titles: bool = False
    precedes: tuple[str, ...] = ()
    spoken: bool = False
    tries: int = 0
    lasts: float = 0.0


@dataclass(frozen=True)
class AddressForm:
    """How a page asks for an address: visible words (translatable) and the attributes of the field.

    ``typed`` is false where a browser gives the address: nobody can type it or read it. ``turn``: of the channels that
    take the same kind of address, the one with the lowest number gets an address that was brought in from a list.
    ``example``: an address as somebody types it; the tests of every channel read it. ``on_paper``: the channel beside a
    box on a form to fill in by hand, ``____`` where its address is written; without it the label and room to write.
    """

    label: Any
    hint: Any
    input_type: str = "text"  # "email", "tel" or "text"
    autocomplete: str = "off"  # a token of the HTML standard: "email", "tel", "street-address"
    typed: bool = True
    turn: int = 9
    example: str = ""
    on_paper: Any = ""


class Outcome(NamedTuple):
    """What somebody who carries a message by hand may report: words for the page, and the state it leads to.

    ``stops``: the address is not used any more (a wrong number, a person who moved or asked to be left alone).
    ``word``: which of ``progress_words.ProgressWord`` it is, where that says more than the state.
    """

    label: Any
    state: str
    stops: bool = False
    word: str = ""


class Accepted(NamedTuple):
    """The supplier took the copy; ``reference`` is its own name for it ('' if it gave none)."""

    reference: str = ""


class Receipt(NamedTuple):
    """What a supplier said later (or at once) about a copy it knows as ``reference``.

    ``state`` is ``accepted``, ``delivered`` or ``failed``; ``event`` is unique per event, so a repetition is known as
    one; ``reason`` is a short key.
    """

    reference: str
    state: str
    event: str
    reason: str = ""


class Prepared(Protocol):
    """A text encoded once for one channel and language. ``slots`` are all the values its copies need."""

    @property
    def slots(self) -> frozenset[Slot]:
        """Slots the engine must fill in ``Envelope.values``."""
        ...


class Envelope(NamedTuple):
    """One copy for one recipient. ``reference`` is ours, stable over every try (Message-ID, idempotency key).

    ``written_at``: when it was queued; ``leaves_at``: when this try was taken up. ``lives``: seconds until the message
    ends, if it does.

    ``repeated`` is true when an earlier try ended unknown: where the supplier can be asked, ask before sending.
    """

    reference: str
    address: str
    prepared: Any
    values: Mapping[Slot, str]
    written_at: datetime
    urgent: bool = False
    repeated: bool = False
    lives: float | None = None
    leaves_at: datetime | None = None


class Connection(Protocol):
    """One live connection to a supplier. One message is in flight at a time."""

    async def send(self, envelope: Envelope) -> Accepted | Receipt:
        """Hand one copy over. Raises ``DeliveryFailed``, ``ConnectionFailed`` or ``OutcomeUnknown``."""
        ...

    async def close(self) -> None:
        """Say goodbye. Never raises."""
        ...


@runtime_checkable
class AskableConnection(Connection, Protocol):
    """A connection whose supplier can be asked what became of a copy (``abilities.asks``)."""

    async def ask(self, reference: str) -> Receipt | None:
        """What the supplier knows of our reference; None when it cannot say."""
        ...


class Progress(Protocol):
    """Where a connection says how far a copy is, the moment it happens. It outlives the process: after a crash nothing
    is sent again that was taken, and nothing is in doubt that never left.

    ``code``: three bytes into which a connection may have the code of the final answer read, straight from the network,
    where 2xx says that the copy was taken: nothing can come between the two.
    """

    code: memoryview

    def mark_leaving(self) -> None:
        """The next bytes that are written hand the copy over: from here on its outcome may stay unknown."""
        ...

    def mark_taken(self, reference: str = "") -> None:
        """The supplier's final answer was read: it took the copy. ``reference`` as in ``Accepted``."""
        ...


class Untracked:
    """``Progress`` that nobody keeps: for a connection that is used outside of a worker."""

    def __init__(self) -> None:
        self.code = memoryview(bytearray(3))

    def mark_leaving(self) -> None:
        """Nothing."""

    def mark_taken(self, reference: str = "") -> None:
        """Nothing."""


@runtime_checkable
class Tracked(Connection, Protocol):
    """A connection that says how far its copies are. Of any other a copy is taken to leave as soon as it is sent."""

    progress: Progress


@runtime_checkable
class Channel(Protocol):
    """What every channel is."""

    key: ClassVar[str]  # stored: short, lower case, for ever
    label: ClassVar[Any]  # translatable
    abilities: ClassVar[Abilities]
    address_form: ClassVar[AddressForm]
    outcomes: ClassVar[Mapping[str, Outcome]]  # empty unless carried by hand

    def normalise(self, raw: str) -> str:
        """The one form in which an address is stored. Raises ``BadAddress`` (or a subclass) with a sentence."""
        ...

    def check(self) -> Sequence[str]:
        """What is wrong with the set-up, each a sentence that says what to do; empty when all is well."""
        ...


@runtime_checkable
class Sender(Channel, Protocol):
    """A channel that the worker sends by."""

    def prepare(self, text: Text) -> Prepared:
        """Encode a text once; its copies are joins. Pure: no network, no database."""
        ...

    async def open(self) -> Connection:
        """A new connection. Raises ``ConnectionFailed``."""
        ...


@runtime_checkable
class ReceiptReader(Sender, Protocol):
    """A sender whose receipts must be fetched: its supplier does not call us."""

    async def read_receipts(self) -> Sequence[Receipt]:
        """The receipts that came. Asked again, it may take what it answered last to be kept."""
        ...


@runtime_checkable
class Preceding(Sender, Protocol):
    """A sender that goes before channels carried by hand, where the operator set it up (``abilities.precedes``)."""

    def is_set_up(self) -> bool:
        """Whether it may be used: where it is not, the plan's own channels are all there are."""
        ...


@runtime_checkable
class Lined(Sender, Protocol):
    """A sender whose connections are counted by what the operator bought: telephone lines."""

    def most_connections(self) -> int:
        """How many connections there may be at once in each worker process."""
        ...


@runtime_checkable
class ManySuppliers(Sender, Protocol):
    """A sender with several suppliers in an order: the engine knows which of them is well, and uses the first such.

    A supplier that is not the last should be given little time before data leaves (``HURRY`` seconds): the next waits.
    """

    def count_suppliers(self) -> int:
        """How many are set up; 1 where none is, so that it can fail with a reason."""
        ...

    async def open(self, supplier: int = 0) -> Connection:
        """A new connection to one of them, 0 being the first choice. Raises ``ConnectionFailed``."""
        ...


HURRY = 3.0  # seconds


def count_suppliers(channel: Sender) -> int:
    """How many suppliers a channel has."""
    return max(1, channel.count_suppliers()) if isinstance(channel, ManySuppliers) else 1


async def open_connection(channel: Sender, supplier: int) -> Connection:
    """A connection to one of a channel's suppliers. Raises ``ConnectionFailed``."""
    return await (channel.open(supplier) if isinstance(channel, ManySuppliers) else channel.open())


@dataclass(frozen=True)
class Limits:
    """What may be spent on a channel, in message parts (T40). ``cents``: euro cents of one part.

    ``day``: by the whole installation on one day, three quarters of it on codes; ``area``: by one area (a quarter) on
    one day; ``number``: to one address on one day. ``codes``: codes to one range of addresses in an hour,
    of those that nobody has proven.
    """

    cents: int
    day: int
    area: int
    number: int
    codes: int


@runtime_checkable
class Sited(Sender, Protocol):
    """A sender whose supplier may be kept waiting by who is behind an address: slow sites share few connections."""

    def site_of(self, address: str) -> str:
        """Whose machine is behind an address: a domain."""
        ...


@runtime_checkable
class Metered(Sender, Protocol):
    """A sender whose copies cost money: counted in the commit that lets each leave, refused above the limits."""

    def limits(self) -> Limits:
        """What the operator allows."""
        ...

    def count_parts(self, envelope: Envelope) -> int:
        """How many parts the supplier bills for this copy."""
        ...

    def number_range_of(self, address: str) -> str:
        """The range of addresses by which requests for codes are counted."""
        ...
