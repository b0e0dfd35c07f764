"""A channel that sends nowhere: it keeps what it was given and answers from a script. It fulfils the contract."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest

from plp.delivery import installed
from plp.delivery.channel import (
    Abilities,
    Accepted,
    AddressForm,
    ConnectionFailed,
    Envelope,
    Limits,
    Outcome,
    Prepared,
    Receipt,
    Slot,
    Text,
    slots_of,
)


@dataclass(frozen=True)
class Words:
    """A text that is joined as it stands."""

    text: Text
    slots: frozenset[Slot]


@dataclass
class FakeSender:
    """``script``: what each send raises or answers, in order; then everything is accepted. ``down``: no line opens."""

    key: str = "fake"
    script: list[Any] = field(default_factory=list)
    sent: list[Envelope] = field(default_factory=list)
    lines: int = 4
    down: bool = False
    delay: float = 0.0
    opened: int = 0
    label: ClassVar[Any] = "Fake"
    address_form: ClassVar[AddressForm] = AddressForm("Address", "")
    outcomes: ClassVar[Mapping[str, Outcome]] = {}

    @property
    def abilities(self) -> Abilities:
        """As many lines as the test asks for; several messages go as one copy."""
        return Abilities(concurrency=self.lines, bundles=True)

    def normalise(self, raw: str) -> str:
        """Any text is an address."""
        return raw.strip()

    def check(self) -> Sequence[str]:
        """All is well."""
        return ()

    def prepare(self, text: Text) -> Prepared:
        """Keep the text."""
        if text.body == "poison":
            raise ValueError("cannot be encoded")
        return Words(text, slots_of(text))

    async def open(self) -> "FakeLine":
        """A line, unless the supplier is down."""
        if self.down:
            raise ConnectionFailed("fake-down")
        self.opened += 1
        return FakeLine(self)


class FakeLine:
    """One line of the fake supplier."""

    def __init__(self, channel: FakeSender) -> None:
        self.channel = channel

    async def send(self, envelope: Envelope) -> Accepted | Receipt:
        """Keep the envelope, then answer from the script."""
        await asyncio.sleep(self.channel.delay)
        answer = self.channel.script.pop(0) if self.channel.script else Accepted()
        if isinstance(answer, ConnectionFailed):
            raise answer
        self.channel.sent.append(envelope)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def close(self) -> None:
        """Nothing to do."""


@dataclass
class Noted:
    """``Progress`` that keeps what it was told, in order."""

    noted: list[str] = field(default_factory=list)
    code: memoryview = field(default_factory=lambda: memoryview(bytearray(3)))

    def mark_leaving(self) -> None:
        """Keep it."""
        self.noted.append("leaves")

    def mark_taken(self, reference: str = "") -> None:
        """Keep it, with the supplier's name for the copy if there is one."""
        self.noted.append(f"taken {reference}".strip())


@dataclass
class FakePair(FakeSender):
    """Two suppliers: the first answers from ``script``, the second accepts everything."""

    by_second: list[Envelope] = field(default_factory=list)

    def count_suppliers(self) -> int:
        """Two."""
        return 2

    async def open(self, supplier: int = 0) -> "FakeLine":  # type: ignore[override]
        """A line to one of them."""
        if supplier == 0:
            return await super().open()
        return FakeLine(FakeSender(sent=self.by_second))


@dataclass
class FakeSited(FakeSender):
    """Behind addresses ``…@deaf…`` nobody answers; ``waiting`` says how many lines wait for them at each such try."""

    waiting: list[int] = field(default_factory=list)

    def site_of(self, address: str) -> str:
        """What is behind the at sign."""
        return address.rpartition("@")[2]

    async def open(self) -> "DeafLine":
        """A line that is given up where nobody answers."""
        return DeafLine(self)


class DeafLine(FakeLine):
    """One of its lines."""

    held: ClassVar[int] = 0

    def __init__(self, channel: FakeSited) -> None:
        super().__init__(channel)
        self.deaf = channel

    async def send(self, envelope: Envelope) -> Accepted | Receipt:
        """Wait in vain for those who do not answer; keep the others."""
        if "@deaf" not in envelope.address:
            return await super().send(envelope)
        DeafLine.held += 1
        self.deaf.waiting.append(DeafLine.held)
        try:
            await asyncio.sleep(0.05)
        finally:
            DeafLine.held -= 1
        raise ConnectionFailed("fake-no-answer", slow=True)


@dataclass
class FakeSitedPair(FakePair, FakeSited):
    """Two suppliers, and sites behind them."""


@dataclass
class FakeMetered(FakeSender):
    """A copy costs as many parts as its text has letters; ``most`` says how many may leave."""

    most: Limits = field(default_factory=lambda: Limits(cents=7, day=100, area=100, number=100, codes=100))

    def limits(self) -> Limits:
        """As the test says."""
        return self.most

    def count_parts(self, envelope: Envelope) -> int:
        """The length of the text."""
        return len(envelope.prepared.text.body)

    def number_range_of(self, address: str) -> str:
        """The beginning of a number."""
        return address[:6]


def install(monkeypatch: pytest.MonkeyPatch, *channels: Any) -> None:
    """Let these channels be the installed ones."""
    monkeypatch.setattr(
        installed, "_loaded_channels_and_broken_names", lambda: ({channel.key: channel for channel in channels}, ())
    )
