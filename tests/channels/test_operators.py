"""What an operator may say on a line of SMPP, letter by letter: the other tests speak with a whole SMSC."""

import asyncio
from collections.abc import Awaitable, Callable
from struct import pack, unpack
from typing import Any

import pytest

from plp.channels.sms import Sms, smpp_session
from plp.channels.sms.receipt_sessions import ReceiptSessions
from plp.channels.sms.smpp import Smsc, parse_operator_url, ton_and_npi_of
from plp.channels.sms.smpp_session import SmppSession
from plp.delivery.channel import ConnectionFailed, Envelope, Text
from tests.factories.outbox import AT

pytestmark = pytest.mark.any_database
DELIVER, ENQUIRE, UNBIND, ANSWER = 0x05, 0x15, 0x06, 0x80000000
REFUSED = 0x0D


def word(command: int, number: int, body: bytes = b"", status: int = 0) -> bytes:
    """One word of SMPP."""
    return pack(">IIII", 16 + len(body), command, status, number) + body


def brought(number: int, text: bytes, esm_class: int = 4) -> bytes:
    """A ``deliver_sm`` with ``text``."""
    head = b"\0\1\1" + b"32475123456\0" + b"\1\1PLP\0" + bytes([esm_class]) + b"\0\0" + b"\0\0" + b"\0\0\0\0"
    return word(DELIVER, number, head + bytes([len(text)]) + text)


def told(number: int, name: str) -> bytes:
    """A receipt for the copy that the operator calls ``name``."""
    return brought(number, f"id:{name} stat:DELIVRD".encode())


class Operator:
    """Answers a bind with ``status`` and then says ``words``; ``heard`` are the commands and numbers it was told."""

    def __init__(self, *words: bytes, status: int = 0, twice: bool = False) -> None:
        self.words, self.status, self.twice = b"".join(words), status, twice
        self.heard: list[tuple[int, int]] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                size, command, _status, number = unpack(">IIII", await reader.readexactly(16))
                await reader.readexactly(size - 16)
                self.heard.append((command, number))
                if command in {1, 2, 9}:
                    bound = word(ANSWER | command, number, b"SMSC\0" if not self.status else b"", self.status)
                    writer.write(bound * (2 if self.twice else 1) + self.words)
                    await writer.drain()
        except (EOFError, ConnectionError):
            writer.close()


def with_line(operator: Operator, act: Callable[[SmppSession], Awaitable[Any]]) -> Any:
    """Do something on a line to ``operator``."""

    async def go() -> Any:
        server = await asyncio.start_server(operator.serve, "127.0.0.1", 0)
        async with server:
            line = SmppSession(
                smsc_at(server.sockets[0].getsockname()[1]), sender="PLP", patience=5, bind="transceiver"
            )
            await line.connect()
            try:
                return await asyncio.wait_for(act(line), 5)
            finally:
                await line.close()

    return asyncio.run(go())


def smsc_at(port: int) -> Smsc:
    return parse_operator_url(f"smpp://plp:secret@127.0.0.1:{port}?receipts=transceiver", "PLP_SMS_URL")


async def heard(operator: Operator, *words: tuple[int, int]) -> list[tuple[int, int]]:
    """All that the operator was told after the bind, once ``words`` are among it."""
    while not set(words) <= set(operator.heard):
        await asyncio.sleep(0.005)
    return operator.heard[1:]


async def lost(line: SmppSession) -> None:
    """Wait until the line is."""
    while line.is_open:
        await asyncio.sleep(0.005)


def copy() -> Envelope:
    return Envelope("p7-" + "0" * 32, "+32475123456", Sms().prepare(Text("sms", "fr", "", "Bonjour")), {}, AT)


def test_a_password_that_is_refused_fails_the_connection() -> None:
    operator = Operator(status=REFUSED)

    with pytest.raises(ConnectionFailed, match="sms-set-up-d"):
        with_line(operator, lost)


def test_the_call_of_the_operator_and_what_is_no_receipt_are_answered_at_once() -> None:
    operator = Operator(word(ENQUIRE, 7), brought(8, b"STOP", esm_class=0))

    both = [(ANSWER | ENQUIRE, 7), (ANSWER | DELIVER, 8)]
    assert with_line(operator, lambda _line: heard(operator, *both)) == both


@pytest.mark.parametrize("words", [word(ANSWER | ENQUIRE, 999), word(ANSWER, 998)])
def test_an_answer_that_nobody_waits_for_changes_nothing(words: bytes) -> None:
    operator = Operator(words, word(ENQUIRE, 7))

    async def act(line: SmppSession) -> bool:
        await heard(operator, (ANSWER | ENQUIRE, 7))
        return line.is_open

    assert with_line(operator, act)


def test_a_second_answer_to_one_word_changes_nothing() -> None:
    operator = Operator(word(ENQUIRE, 7), twice=True)

    answer = (ANSWER | ENQUIRE, 7)
    assert with_line(operator, lambda _line: heard(operator, answer)) == [answer]


@pytest.mark.parametrize("words", [word(UNBIND, 7), b"\0\0\0\1"])
def test_after_goodbye_or_nonsense_nothing_is_sent_over_this_line(words: bytes) -> None:
    async def act(line: SmppSession) -> None:
        await lost(line)
        with pytest.raises(ConnectionFailed, match="sms-cut"):
            await line.send(copy())

    with_line(Operator(words), act)


def test_receipts_beyond_what_can_be_held_wait_at_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smpp_session, "MOST_UNREAD", 1)
    operator = Operator(told(7, "a"), told(8, "b"), word(ENQUIRE, 9))

    async def act(line: SmppSession) -> list[str]:
        await heard(operator, (ANSWER | ENQUIRE, 9))
        held = line.unacknowledged_receipts()
        await line.acknowledge_receipts(held)
        await heard(operator, (ANSWER | DELIVER, 7))
        return [one.reference for one in held]

    assert with_line(operator, act) == ["127.0.0.1/a"]
    assert (ANSWER | DELIVER, 8) not in operator.heard


def test_a_line_that_was_closed_answers_for_nothing_and_can_be_closed_again() -> None:
    async def act(line: SmppSession) -> None:
        while not line.unacknowledged_receipts():
            await asyncio.sleep(0.005)
        await line.close()
        await line.close()
        with pytest.raises(EOFError):
            await line.acknowledge_receipts(line.unacknowledged_receipts())

    with_line(Operator(told(7, "a")), act)


def test_a_line_that_never_stood_is_closed_without_a_word() -> None:
    line = SmppSession(smsc_at(1), sender="PLP", patience=1)

    asyncio.run(line.close())

    assert not line.is_open


def test_an_operator_that_refuses_is_not_tried_again_at_once() -> None:
    operator, ears = Operator(status=REFUSED), ReceiptSessions()

    async def go() -> list[Any]:
        server = await asyncio.start_server(operator.serve, "127.0.0.1", 0)
        async with server:
            smsc = smsc_at(server.sockets[0].getsockname()[1])
            return [await ears.acknowledge_and_read([smsc]), await ears.acknowledge_and_read([smsc])]

    assert asyncio.run(go()) == [[], []]
    assert [command for command, _number in operator.heard if command == 9] == [9]


@pytest.mark.parametrize(("sender", "kind"), [("PLP", (5, 0)), ("8810", (3, 0)), ("+32475123456", (1, 1))])
def test_a_sender_is_a_name_a_short_number_or_an_international_one(sender: str, kind: tuple[int, int]) -> None:
    assert ton_and_npi_of(sender) == kind
