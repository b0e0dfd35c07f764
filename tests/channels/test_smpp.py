"""SMS by SMPP: a real conversation with another's SMSC, what each status means, and receipts that are kept before they
are answered for.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from socket import create_server
from typing import Any

import pytest
import smpp34
from django.utils import translation

from plp.channels.sms import Sms
from plp.channels.sms.smpp import parse_operator_url, receipt_of_report
from plp.delivery.channel import (
    Accepted,
    ConnectionFailed,
    DeliveryFailed,
    Envelope,
    ManySuppliers,
    Metered,
    OutcomeUnknown,
    Receipt,
    Slot,
    Text,
)
from plp.toolbox.gsm import encode_sms, split_sms
from tests.factories.outbox import AT
from tests.factories.senders import Noted

pytestmark = pytest.mark.any_database
NUMBER = "+32475123456"
REFERENCE = "p7-019ab0c0d0e0f0a0b0c0d0e0f0a0b0c0"


@dataclass
class Operator:
    """An SMSC on loopback: takes what it is sent, unless ``refuse`` says with which status, or is silent."""

    refuse: list[int] = field(default_factory=list)
    silent: bool = False
    taken: list[Any] = field(default_factory=list)
    esmes: list[Any] = field(default_factory=list)

    async def serve(self, server: Any) -> None:
        """Until cancelled."""
        while True:
            event = await server.next()
            if isinstance(event, smpp34.Esme):
                self.esmes.append(event)
            elif isinstance(event, smpp34.SubmitSmEvent):
                self.taken.append(event)
                status = self.refuse.pop(0) if self.refuse else 0
                if status:
                    event.reject(status)
                elif not self.silent:
                    event.accept(f"id{len(self.taken)}")

    async def tell(self, text: bytes, *tlvs: Any) -> bool:
        """Bring a receipt over the line that listens; answers whether it was answered for."""
        ears = [esme for esme in self.esmes if esme.can_receive]
        answer = await ears[-1].deliver_sm(
            destination_addr="PLP", source_addr="32475123456", short_message=text, esm_class=4, tlvs=list(tlvs)
        )
        return bool(answer)


def envelope(body: str, *, urgent: bool = False) -> Envelope:
    """A copy of ``body``."""
    prepared = Sms().prepare(Text("sms", "fr", "", body))
    return Envelope(REFERENCE, NUMBER, prepared, {Slot.NAME: "Zoé"}, AT, urgent)


def beside(settings: Any, operator: Operator, act: Callable[[Sms], Awaitable[Any]]) -> Any:
    """Do something while the operator is there."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.SMS_URL, settings.SMS_URL_2 = f"smpp://plp:secret@127.0.0.1:{port}?receipts=transceiver", ""

    async def go() -> Any:
        server = smpp34.Server(host="127.0.0.1", port=port, system_id="SMSC")
        await server.start()
        serving = asyncio.create_task(operator.serve(server))
        channel = Sms()
        try:
            return await asyncio.wait_for(act(channel), 60)
        finally:
            await channel.receipt_sessions.close()
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
            await server.stop()

    return asyncio.run(go())


def send(settings: Any, operator: Operator, *copies: Envelope) -> list[Any]:
    """Send copies over one line; answers what each call returned or raised."""

    async def act(channel: Sms) -> list[Any]:
        line, outcomes = await channel.open(), []
        if operator.silent:
            line.patience = 0.3
        for copy in copies:
            try:
                outcomes.append(await line.send(copy))
            except (ConnectionFailed, DeliveryFailed, OutcomeUnknown) as failure:
                outcomes.append(failure)
        await line.close()
        return outcomes

    return beside(settings, operator, act)


def test_a_short_text_in_the_seven_bit_alphabet(settings) -> None:
    operator = Operator()

    outcomes = send(settings, operator, envelope(f"Bonjour {Slot.NAME}: 5€ [PLP]"))

    [taken] = operator.taken
    assert outcomes == [Accepted("127.0.0.1/id1")]
    assert (taken.source_addr, taken.source_addr_ton, taken.source_addr_npi) == ("PLP", 5, 0)
    assert (taken.destination_addr, taken.dest_addr_ton, taken.dest_addr_npi) == ("32475123456", 1, 1)
    assert (taken.data_coding, taken.esm_class, taken.registered_delivery) == (0, 0, 1)
    assert taken.short_message == b"Bonjour Zo\x05: 5\x1b\x65 \x1b\x3cPLP\x1b\x3e"


@pytest.mark.parametrize(
    ("body", "coding", "parts"),
    [("Fermez à clé. " * 30, 0, 3), ("Être prudent 🚲. " * 20, 8, 6), ("x" * 152 + "€" + "y" * 50, 0, 2)],
)
def test_a_long_text_goes_in_parts_that_belong_together(settings, body: str, coding: int, parts: int) -> None:
    operator = Operator()

    [outcome] = send(settings, operator, envelope(body))

    heads = [taken.short_message[:6] for taken in operator.taken]
    bodies = [taken.short_message[6:] for taken in operator.taken]
    assert outcome == Accepted(f"127.0.0.1/id{parts}")
    assert [(head[:3], head[4], head[5]) for head in heads] == [(b"\x05\x00\x03", parts, n + 1) for n in range(parts)]
    assert len({head[3] for head in heads}) == 1
    assert {(taken.data_coding, taken.esm_class) for taken in operator.taken} == {(coding, 0x40)}
    assert [taken.registered_delivery for taken in operator.taken] == [0] * (parts - 1) + [1]
    assert all(len(one) <= (153 if coding == 0 else 134) for one in bodies)
    whole = [one.decode("utf-16-be") for one in bodies] if coding else bodies
    assert "".join(whole) == body if coding else b"".join(bodies) == encode_sms(body)


@pytest.mark.parametrize(
    ("status", "kind", "temporary", "service"),
    [
        (0x58, DeliveryFailed, True, True),
        (0x14, DeliveryFailed, True, True),
        (0x0B, DeliveryFailed, False, False),
        (0x45, DeliveryFailed, False, False),
        (0x0A, ConnectionFailed, None, None),
    ],
)
def test_what_a_status_means(settings, status: int, kind: type, temporary: bool | None, service: bool | None) -> None:
    [outcome] = send(settings, Operator(refuse=[status]), envelope("Bonjour"))

    assert type(outcome) is kind
    assert (getattr(outcome, "temporary", None), getattr(outcome, "service", None)) == (temporary, service)


def test_a_refusal_amid_the_parts_leaves_the_outcome_open(settings) -> None:
    [outcome] = send(settings, Operator(refuse=[0, 0x58]), envelope("x" * 200))

    assert isinstance(outcome, OutcomeUnknown)


@pytest.mark.parametrize(
    ("refuse", "noted"), [([], ["leaves", "taken 127.0.0.1/id2"]), ([0, 0x58], ["leaves"]), ([0x58], ["leaves"])]
)
def test_a_line_says_when_the_first_part_leaves_and_when_the_last_was_taken(
    settings, refuse: list[int], noted: list[str]
) -> None:
    progress = Noted()

    async def act(channel: Sms) -> None:
        line = await channel.open()
        line.progress = progress
        with suppress(DeliveryFailed, OutcomeUnknown):
            await line.send(envelope("x" * 200))
        await line.close()

    beside(settings, Operator(refuse=refuse), act)

    assert progress.noted == noted


def test_silence_leaves_the_outcome_open(settings) -> None:
    [outcome] = send(settings, Operator(silent=True), envelope("Bonjour"))

    assert isinstance(outcome, OutcomeUnknown)
    assert outcome.slow


def test_a_receipt_is_answered_for_once_it_is_kept(settings) -> None:
    operator = Operator()

    async def act(channel: Sms) -> list[Any]:
        assert await channel.read_receipts() == []
        while not operator.esmes:
            await asyncio.sleep(0.01)
        named = smpp34.Tlv(smpp34.TLV_RECEIPTED_MESSAGE_ID, b"id7\x00")
        telling = asyncio.create_task(operator.tell(b"", named, smpp34.Tlv(smpp34.TLV_MESSAGE_STATE, b"\x02")))
        found: list[Receipt] = []
        while not found:
            await asyncio.sleep(0.01)
            found = list(await channel.read_receipts())
        before = telling.done()
        await channel.read_receipts()
        return [found, before, await telling]

    found, before, after = beside(settings, operator, act)

    assert found == [Receipt("127.0.0.1/id7", "delivered", "2:127.0.0.1/id7")]
    assert before is False
    assert after is True


@pytest.mark.parametrize(
    ("word", "state", "reason"),
    [
        ("DELIVRD", "delivered", ""),
        ("UNDELIV", "failed", "sms-not-delivered"),
        ("EXPIRED", "failed", "sms-not-delivered"),
        ("REJECTD", "failed", "sms-refused-by-operator"),
        ("ENROUTE", "accepted", ""),
    ],
)
def test_a_receipt_by_its_text(word: str, state: str, reason: str) -> None:
    text = f"id:A1 sub:001 dlvrd:001 submit date:2611251200 done date:2611251201 stat:{word} err:000 text:x".encode()

    found = receipt_of_report("smsc", 4, text, b"", None)

    assert found is not None
    assert (found.reference, found.state, found.reason) == ("smsc/A1", state, reason)


@pytest.mark.parametrize("text", [b"", b"id: stat:", b"id:A1 stat:UNKNOWN", b"STOP", b"\xff" * 200])
def test_what_is_no_receipt_is_no_news(text: bytes) -> None:
    assert receipt_of_report("smsc", 4, text, b"", None) is None
    assert receipt_of_report("smsc", 0, b"id:A1 stat:DELIVRD", b"", None) is None


def test_nobody_there_and_a_line_that_says_nonsense_are_failed_connections(settings) -> None:
    async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.be ESMTP\r\n" * 5)
        await writer.drain()

    async def go() -> None:
        server = await asyncio.start_server(babble, "127.0.0.1", 0)
        async with server:
            settings.SMS_URL = f"smpp://plp:x@127.0.0.1:{server.sockets[0].getsockname()[1]}"
            with pytest.raises(ConnectionFailed, match="sms-unreachable"):
                await Sms().open()

    asyncio.run(go())


@pytest.mark.parametrize(
    ("url", "beginning"),
    [
        ("smpp://127.0.0.1:2775", "PLP_SMS_URL must look like smpps://"),
        ("smpp://a:b@127.0.0.1:x", "PLP_SMS_URL must look like smpps://"),
        ("smpp://a:b@127.0.0.1?receipts=perhaps", "PLP_SMS_URL must look like smpps://"),
        ("smpp://a:b@smsc.example.be", "PLP_SMS_URL would send numbers and texts in clear"),
        ("smpps://a:123456789@smsc.example.be", "PLP_SMS_URL: a password for SMPP has 8 letters at most"),
    ],
)
def test_a_wrong_address_is_told_in_a_sentence(settings, url: str, beginning: str) -> None:
    settings.SMS_URL = url

    [sentence] = Sms().check()

    assert sentence.startswith(beginning)
    assert "a:b" not in sentence


def test_a_number_as_sender_would_promise_answers(settings) -> None:
    settings.SMS_URL, settings.SMS_SENDER = "smpp://a:b@127.0.0.1:1", "8810"

    with translation.override("en"):
        assert Sms().check()[0].startswith("Answers do not come in by SMPP")


def test_an_operator_elsewhere_is_spoken_to_in_tls() -> None:
    smsc = parse_operator_url("smpps://me:it%40s@smsc.example.be?type=VMA&receipts=off", "PLP_SMS_URL")

    assert smsc == (True, "smsc.example.be", 3550, "me", "it@s", "VMA", "")


def test_it_has_several_suppliers_and_costs_money(settings) -> None:
    settings.SMS_URL, settings.SMS_URL_2 = "smpp://a:b@127.0.0.1:1", "http://a:b@127.0.0.1:1/"
    channel = Sms()

    assert isinstance(channel, ManySuppliers)
    assert isinstance(channel, Metered)
    assert channel.count_suppliers() == 2
    assert [channel.count_parts(envelope(body)) for body in ("", "x" * 160, "x" * 161, "ê" * 71)] == [1, 1, 2, 2]
    assert split_sms("x" * 152 + "€") == ["x" * 152 + "€"]
