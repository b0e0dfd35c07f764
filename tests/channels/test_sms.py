"""SMS: which numbers, what Kannel is asked, and what each of its answers and silences means."""

import asyncio
import csv
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from plp.channels.sms import Sms
from plp.channels.sms.channel import LandlineGiven, NotABelgianMobile, NumberElsewhere, ServiceNumber
from plp.channels.sms.kannel import RECEIPT_PURPOSE, parse_gateway_url, receipt_of_report
from plp.delivery.channel import (
    Accepted,
    BadAddress,
    ConnectionFailed,
    DeliveryFailed,
    Envelope,
    OutcomeUnknown,
    Progress,
    Receipt,
    Sender,
    Slot,
    Text,
    Untracked,
)
from plp.toolbox.crypto import is_valid_signature
from tests.factories.senders import Noted
from tests.samples import SAMPLES

PHONES = SAMPLES / "phones/be-phone-numbers.csv"
AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
NUMBER = "+32475123456"
REFERENCE = "p7-019ab0c0d0e0f0a0b0c0d0e0f0a0b0c0"
TAKEN = b"HTTP/1.1 202 OK\r\nContent-Type: text/html\r\nContent-Length: 24\r\n\r\n0: Accepted for delivery"
Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


def answer(status: str, body: str, *more: str) -> bytes:
    """An HTTP answer, ended by its length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *more]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


class Gateway:
    """A gateway on loopback that answers each request by the next of its script; ``None`` hangs up."""

    def __init__(self, *script: bytes | None) -> None:
        self.script = list(script)
        self.requests: list[dict[str, str]] = []
        self.lines = 0
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client."""
        self.lines += 1
        try:
            while self.script:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                target = urlsplit(head.split(" ")[1])
                query = parse_qs(target.query, keep_blank_values=True, strict_parsing=True)
                self.requests.append({name: values[0] for name, values in query.items()} | {"path": target.path})
                words = self.script.pop(0)
                if words is None:
                    break
                writer.write(words)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()


def envelope(body: str, address: str = NUMBER, **values: str) -> Envelope:
    """A copy of ``body``."""
    prepared = Sms().prepare(Text("sms", "fr", "not sent", body))
    return Envelope(REFERENCE, address, prepared, {Slot[name]: value for name, value in values.items()}, AT)


def exchange(
    settings, gateway: Gateway, *copies: Envelope, patience: float = 2.0, progress: Progress | None = None
) -> list[object]:
    """Send copies one after another over one line; answers what each call returned or raised."""

    async def go() -> list[object]:
        server = await asyncio.start_server(gateway.serve, "127.0.0.1", 0)
        gateway.port = server.sockets[0].getsockname()[1]
        settings.SMS_URL = f"http://plp:se%20cret@127.0.0.1:{gateway.port}/cgi-bin/sendsms"
        line, outcomes = await Sms().open(), []
        line.patience = patience
        line.progress = progress or Untracked()
        for copy in copies:
            try:
                outcomes.append(await line.send(copy))
            except (ConnectionFailed, DeliveryFailed, OutcomeUnknown) as failure:
                outcomes.append(failure)
            await asyncio.sleep(0.01)  # a hang-up reaches us
        await line.close()
        server.close()
        return outcomes

    settings.SMS_SENDER, settings.ORIGIN, settings.SMS_CALLBACK_ORIGIN = "8810", "https://plp.example.be", ""
    return asyncio.run(go())


def test_it_is_a_channel_that_sends() -> None:
    channel = Sms()

    assert isinstance(channel, Sender)
    assert channel.key == "sms"
    assert channel.abilities.receipts is True
    assert channel.abilities.replies is True


@pytest.mark.parametrize(
    "copied",
    ["\u202a+32 475 12 34 56\u202c", "\u2068 0475 12 34 56\u2069", "0475\u201112\u201134\u201156", "\ufeff0475123456"],
)
def test_a_number_copied_from_a_telephone_is_read(copied: str) -> None:
    assert Sms().normalise(copied) == NUMBER


def test_the_request_is_what_kannel_wants(settings) -> None:
    gateway = Gateway(TAKEN)

    outcomes = exchange(settings, gateway, envelope(f"Bonjour {Slot.NAME} & + 100%\nCode 5€", NAME="Zoé O’Neil"))

    asked = gateway.requests[0]
    callback = urlsplit(asked.pop("dlr-url"))
    reference, signature = callback.path.split("/")[-2:]
    assert outcomes == [Accepted()]
    assert asked == {
        "path": "/cgi-bin/sendsms",
        "username": "plp",
        "password": "se cret",
        "from": "8810",
        "to": NUMBER,
        "charset": "UTF-8",
        "coding": "2",
        "dlr-mask": "31",
        "reference": REFERENCE,
        "text": "Bonjour Zoé O’Neil & + 100%\nCode 5€",
    }
    assert (callback.scheme, callback.netloc, callback.query) == ("https", "plp.example.be", "type=%d")
    assert reference == REFERENCE
    assert is_valid_signature(reference, signature, purpose=RECEIPT_PURPOSE)


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        ("Fermez à clé. Prix: 5€ [PLP]", "0"),
        ("Fermez a\u0300 cle\u0301.", "0"),  # composed before it is looked at
        ("Ça va, garçon", "2"),
        ("Être prudent", "2"),
        ("Schließen Sie ab: Größe", "0"),
        ("🚲", "2"),
    ],
)
def test_one_letter_outside_the_alphabet_makes_it_ucs2(settings, body: str, coding: str) -> None:
    gateway = Gateway(TAKEN)

    exchange(settings, gateway, envelope(body))

    assert gateway.requests[0]["coding"] == coding


@pytest.mark.parametrize(
    ("said", "kind", "reason", "temporary"),
    [
        (answer("503 Busy", "Temporal failure, try again later."), DeliveryFailed, "sms-503", True),
        (answer("429 Slow", "", "Retry-After: 7"), DeliveryFailed, "sms-429", True),
        (answer("500 Oops", ""), DeliveryFailed, "sms-500", True),
        (answer("400 Bad", "Charset or body misformed, rejected"), DeliveryFailed, "sms-400", False),
        (answer("403 No", "Not routable. Do not try again."), DeliveryFailed, "sms-403", False),
        (answer("403 No", "Authorization failed for sendsms"), ConnectionFailed, "sms-set-up-403", None),
        (answer("404 Where", "Not found"), ConnectionFailed, "sms-set-up-404", None),
        (answer("504 Late", ""), OutcomeUnknown, "sms-nonsense-504", None),
        (answer("200 OK", "<html>Welcome</html>"), OutcomeUnknown, "sms-nonsense-200", None),
        (answer("202 OK", "2: Routing failed"), OutcomeUnknown, "sms-nonsense-202", None),
        (b"SSH-2.0-nonsense\r\n\r\n", OutcomeUnknown, "sms-nonsense-0", None),
        (b"\xff" * 70_000, OutcomeUnknown, "sms-cut", None),
        (b"HTTP/1.1 202 OK\r\nContent-Length: 99999999\r\n\r\n0: ", OutcomeUnknown, "sms-cut", None),
        (b"HTTP/1.1 202 OK\r\nContent-Length: x\r\n\r\n", OutcomeUnknown, "sms-cut", None),
        (b"HTTP/1.1 202 OK\r\nContent-Length: 23\r\n\r\n0: Acc", OutcomeUnknown, "sms-cut", None),
        (None, OutcomeUnknown, "sms-cut", None),
    ],
)
def test_what_an_answer_means(
    settings, said: bytes | None, kind: type[Exception], reason: str, temporary: bool | None
) -> None:
    [outcome] = exchange(settings, Gateway(said), envelope("Bonjour"))

    assert type(outcome) is kind
    assert outcome.reason == reason
    assert getattr(outcome, "temporary", None) == temporary


@pytest.mark.parametrize(
    ("said", "noted"), [(TAKEN, ["leaves", "taken"]), (answer("503 Busy", "later"), ["leaves"]), (None, ["leaves"])]
)
def test_a_line_says_when_the_sms_leaves_and_when_it_was_taken(settings, said: bytes | None, noted: list[str]) -> None:
    progress = Noted()

    exchange(settings, Gateway(said), envelope("Bonjour"), progress=progress)

    assert progress.noted == noted


def test_a_pause_the_gateway_asks_for_is_told(settings) -> None:
    [outcome] = exchange(settings, Gateway(answer("503 Busy", "", "Retry-After: 7")), envelope("Bonjour"))

    assert isinstance(outcome, DeliveryFailed)
    assert outcome.after == 7.0


@pytest.mark.parametrize(
    "said",
    [
        TAKEN,
        answer("202 OK", "3: Queued for later delivery"),
        answer("200 OK", "0: Accepted for delivery"),
        b"HTTP/1.1 202 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n0: Accept\r\n2\r\ned\r\n0\r\n\r\n",
        b"HTTP/1.0 202 OK\r\n\r\n0: Accepted for delivery",
    ],
)
def test_every_form_of_yes_is_a_yes(settings, said: bytes) -> None:
    assert exchange(settings, Gateway(said), envelope("Bonjour")) == [Accepted()]


def test_an_answer_without_end_leaves_the_outcome_open_and_is_not_read_as_the_next_one(settings) -> None:
    piece = b"8000\r\n" + b"0: Accepted".ljust(0x8000) + b"\r\n"
    endless = b"HTTP/1.1 202 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + piece * 3 + b"0\r\n\r\n"

    [outcome] = exchange(settings, Gateway(endless), envelope("Bonjour"))

    assert isinstance(outcome, OutcomeUnknown)


def test_without_a_gateway_no_line_is_opened(settings) -> None:
    settings.SMS_URL = settings.SMS_URL_2 = ""

    with pytest.raises(ConnectionFailed, match="sms-not-set-up"):
        asyncio.run(Sms().open())


def test_a_line_is_kept_and_opened_again_when_the_gateway_hung_up(settings) -> None:
    closing = answer("202 OK", "0: Accepted for delivery", "Connection: close")
    gateway = Gateway(TAKEN, TAKEN, closing, TAKEN)

    outcomes = exchange(settings, gateway, *[envelope("Bonjour")] * 4)

    assert outcomes == [Accepted()] * 4
    assert gateway.lines == 2


def test_silence_after_the_request_leaves_the_outcome_open(settings) -> None:
    gateway = Gateway(b"HTTP/1.1 ", TAKEN)  # stops in the middle, and waits for a request that never comes

    [outcome] = exchange(settings, gateway, envelope("Bonjour"), patience=0.05)

    assert isinstance(outcome, OutcomeUnknown)
    assert outcome.reason == "sms-no-answer"


def test_a_gateway_that_is_down_takes_nobodys_try_and_the_second_serves(settings) -> None:
    settings.SMS_URL, settings.SMS_URL_2 = "http://plp:x@127.0.0.1:1/cgi-bin/sendsms", ""
    settings.DELIVERY_LEASE_SECONDS = 2

    with pytest.raises(ConnectionFailed) as failure:
        asyncio.run(Sms().open())

    async def with_second() -> int:
        server = await asyncio.start_server(Gateway().serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        settings.SMS_URL_2 = f"http://plp:x@127.0.0.1:{port}/"
        line = await Sms().open(Sms().count_suppliers() - 1)
        await line.close()
        server.close()
        return line.gateway.port - port

    assert failure.value.reason == "sms-unreachable"
    assert asyncio.run(with_second()) == 0


def test_header_injection_stays_inside_the_query(settings) -> None:
    nasty = "x\r\nHost: evil.example\r\n\r\nGET /?to=%2B3290 HTTP/1.1 &to=+3290012345#\x00\u2028"
    gateway = Gateway(TAKEN)

    exchange(settings, gateway, envelope(nasty))

    assert [request["to"] for request in gateway.requests] == [NUMBER]
    assert gateway.requests[0]["text"] == nasty


@contextmanager
def gateway_in_thread(*script: bytes) -> Iterator[int]:
    """A gateway for code that brings its own event loop."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(Gateway(*script).serve, "127.0.0.1", 0))
    thread = Thread(target=loop.run_forever)
    thread.start()
    yield server.sockets[0].getsockname()[1]
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (answer("400 Bad", "Missing receiver number, rejected"), []),
        (
            answer("403 No", "Authorization failed for sendsms"),
            [
                "The SMS gateway cannot be used (sms-set-up-403): check PLP_SMS_URL and that the gateway runs.",
            ],
        ),
    ],
)
def test_the_check_tries_the_password(settings, said: bytes, found: list[str]) -> None:
    with gateway_in_thread(said) as port:
        settings.SMS_URL = f"http://plp:x@127.0.0.1:{port}/cgi-bin/sendsms"

        with translation.override("en"):
            assert list(Sms().check()) == found


@pytest.mark.parametrize(
    ("language", "beginning"),
    [("fr", "Aucune passerelle SMS"), ("nl", "Er is geen sms-gateway"), ("de", "Kein SMS-Gateway")],
)
def test_what_is_missing_is_told_in_the_language_of_the_page(settings, language: str, beginning: str) -> None:
    settings.SMS_URL = ""

    with translation.override(language):
        [sentence] = Sms().check()

    assert sentence.startswith(beginning)


@pytest.mark.parametrize(
    ("url", "sender", "beginning"),
    [
        ("", "PLP", "No SMS gateway is set"),
        ("ftp://a:b@127.0.0.1/", "PLP", "PLP_SMS_URL must look like"),
        ("http://127.0.0.1:13013/", "PLP", "PLP_SMS_URL must look like"),
        ("http://a:b@127.0.0.1:99999/", "PLP", "PLP_SMS_URL must look like"),
        ("http://a:b@sms.example.be/", "PLP", "PLP_SMS_URL would send numbers and texts in clear"),
        ("http://a:b@127.0.0.1:1/", "PLP", "The SMS gateway cannot be used (sms-unreachable)"),
        ("http://a:b@127.0.0.1:1/", "A name far too long", "PLP_SMS_SENDER must be"),
        ("http://a:b@127.0.0.1:1/", "", "PLP_SMS_SENDER must be"),
    ],
)
def test_a_wrong_set_up_is_told_in_a_sentence_without_secrets(settings, url: str, sender: str, beginning: str) -> None:
    settings.SMS_URL, settings.SMS_SENDER = url, sender

    with translation.override("en"):
        [sentence] = Sms().check()

    assert sentence[: len(beginning)] == beginning
    assert "a:b" not in sentence


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "10.1.2.3", "192.168.1.4", "kannel", "localhost"])
def test_clear_http_goes_no_further_than_the_own_network(host: str) -> None:
    gateway = parse_gateway_url(f"http://me:it%40s@{host}", "PLP_SMS_URL")

    assert gateway.secure is False
    assert gateway.port == 13013
    assert gateway.path == "/cgi-bin/sendsms"
    assert gateway.password == "it@s"


def test_the_numbers_of_the_record_are_taken_only_if_belgian_mobiles() -> None:
    with PHONES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    taken = {row["written"]: read(row["written"]) for row in rows}

    assert len(rows) == 34
    assert taken == {row["written"]: row["e164"] if row["kind"].startswith("mobile") else None for row in rows}


def read(written: str) -> str | None:
    """The normal form, or None when refused."""
    try:
        return Sms().normalise(written)
    except BadAddress:
        return None


@pytest.mark.parametrize(
    "written",
    [
        "+32 (0)475 12 34 56",
        "0032475123456",
        "32475123456",
        " 0475/12.34.56 ",
        "０４７５１２３４５６",
        "(0475) 12-34-56",
    ],
)
def test_ways_to_write_a_mobile_number(written: str) -> None:
    assert Sms().normalise(written) == NUMBER


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ("02 555 12 12", LandlineGiven),
        ("04 222 22 22", LandlineGiven),  # Liège begins like a mobile
        ("101", ServiceNumber),
        ("8810", ServiceNumber),
        ("0900 12 345", ServiceNumber),
        ("0800 12 345", ServiceNumber),
        ("070 22 22 22", ServiceNumber),
        ("+31 6 12345678", NumberElsewhere),
        ("+33 6 12 34 56 78", NumberElsewhere),
        ("+882 1612 3456", NumberElsewhere),  # satellites cost the most
        ("+33 1 42 68 53 00", NumberElsewhere),
        ("+252 61 1234567890", NotABelgianMobile),
        ("0475 12 34 5", NotABelgianMobile),
        ("0475 12", NotABelgianMobile),  # broken off, and no service
        ("(0475)", NotABelgianMobile),
        ("+32 475", NotABelgianMobile),
        ("0475 12 34 56 ext 3", NotABelgianMobile),
        ("0475 CALL ME", NotABelgianMobile),
        ("+32475123456\r\nto: 1", NotABelgianMobile),
        ("+32475123456,+32475123457", NotABelgianMobile),
        ("", NotABelgianMobile),
        ("4" * 5000, NotABelgianMobile),
    ],
)
def test_what_is_refused_and_why(written: str, refusal: type[BadAddress]) -> None:
    with pytest.raises(BadAddress) as refused:
        Sms().normalise(written)

    assert type(refused.value) is refusal


def test_a_range_can_be_switched_on(settings) -> None:
    settings.SMS_PREFIXES = ["+324", "+316"]

    assert Sms().normalise("+31 6 12345678") == "+31612345678"


def test_a_number_whose_range_was_switched_off_gets_nothing_any_more(settings) -> None:
    gateway = Gateway(TAKEN)

    [outcome] = exchange(settings, gateway, envelope("Bonjour", address="+31612345678"))

    assert isinstance(outcome, DeliveryFailed)
    assert outcome.reason == "sms-number-refused"
    assert outcome.temporary is False
    assert gateway.requests == []


def test_each_sentence_is_in_four_languages() -> None:
    for refusal in (NotABelgianMobile, LandlineGiven, ServiceNumber, NumberElsewhere):
        said = set()
        for language in ("fr", "nl", "de", "en"):
            with translation.override(language):
                said.add(str(refusal.sentence))
        assert len(said) == 4


@pytest.mark.parametrize(
    ("kind", "state", "reason"),
    [
        (1, "delivered", ""),
        (2, "failed", "sms-not-delivered"),
        (4, "accepted", ""),
        (8, "accepted", ""),
        (16, "failed", "sms-refused-by-operator"),
    ],
)
def test_reports_in_the_words_of_the_outbox(kind: int, state: str, reason: str) -> None:
    assert receipt_of_report(REFERENCE, kind) == Receipt(REFERENCE, state, f"sms:{REFERENCE}:{kind}", reason)


def test_an_unknown_report_is_no_news() -> None:
    assert [receipt_of_report(REFERENCE, kind) for kind in (0, 3, 32, 64)] == [None] * 4
