"""E-mail: addresses, mails that parse back to what was meant, and an SMTP client that tells every failure apart."""

import asyncio
import email
import re
import xml.etree.ElementTree as ElementTree
from collections import ChainMap
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from plp.channels.email import Email
from plp.channels.email.channel import NotAnEmailAddress
from plp.channels.email.inbox import BadInboxUrl, ImapInbox, InboxUnreachable, parse_inbox_url
from plp.channels.email.server_url import BadServerUrl, SmtpServer, parse_server_url
from plp.channels.email.smtp import SmtpSession, connect
from plp.channels.email.smtp_protocol import LONGEST_REPLY, SmtpProtocol
from plp.delivery.channel import Accepted, ConnectionFailed, DeliveryFailed, Envelope, OutcomeUnknown, Slot, Text
from tests.factories.senders import Noted
from tests.samples import SAMPLES

CORPUS = SAMPLES / "emails/isemail-tests.xml"
WRITTEN = datetime(2026, 11, 25, 11, 30, 5, 123, UTC)
LEFT = datetime(2026, 11, 28, 6, 0, 1, 456, UTC)
STOP = "https://plp.example.be/stop/0123456789abcdef0123456789abcdef/0123456789abcdef0123456789abcdef"
BODY = (
    f"Bonjour {Slot.NAME},\n\n.Fermez = portes et fenêtres ; l’été aussi.  \n{'long ' * 60}\nArrêter : {Slot.STOP_LINK}"
)
HTML = f"<p>Bonjour {Slot.NAME}</p><a href='{Slot.STOP_LINK}'>Arrêter</a>"


def envelope(text: Text, *, name: str = "Éloïse D’Hondt & fils", address: str = "eloise@example.be") -> Envelope:
    prepared = Email().prepare(text)
    values = {Slot.NAME: name, Slot.STOP_LINK: STOP, Slot.ADDRESS: address, Slot.CHECK_CODE: "a2b3c4d5e"}
    return Envelope("p7-00112233445566778899aabbccddeeff", address, prepared, values, WRITTEN, leaves_at=LEFT)


def parsed(made: Envelope) -> tuple[EmailMessage, bytes]:
    wire = made.prepared.mail_bytes(made)
    assert wire.endswith(b"\r\n.\r\n")
    found = email.message_from_bytes(wire.removesuffix(b".\r\n"), policy=default)
    assert isinstance(found, EmailMessage)
    return found, wire


def words(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    assert part is not None
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


# Addresses


SIMPLE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z][A-Za-z0-9-]*")


def test_of_the_hostile_corpus_only_plain_addresses_are_taken() -> None:
    """Plain local part, a domain with a dot, nothing quoted, commented or bracketed; white space around is forgiven."""
    taken = {}
    cases = ElementTree.parse(CORPUS).getroot().findall("test")
    for case in cases:
        raw = case.findtext("address") or ""
        address = "".join(chr(ord(letter) - 0x2400) if 0x2400 <= ord(letter) < 0x2421 else letter for letter in raw)
        try:
            taken[address] = Email().normalise(address), case.findtext("category")
        except NotAnEmailAddress:
            continue

    assert len(cases) == 164
    assert len(taken) == 45  # one stands there twice
    assert [address for address, (kept, _) in taken.items() if kept != address.strip()] == []
    assert [kept for kept, _ in taken.values() if not SIMPLE.fullmatch(kept)] == []
    doubtful = {address for address, (_, category) in taken.items() if category == "ISEMAIL_ERR"}
    assert [address for address in doubtful if address == address.strip()] == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Jean.Dupont@Example.BE ", "Jean.Dupont@example.be"),
        ("info@müller.example.be", "info@xn--mller-kva.example.be"),
        ("a+plp@example.be", "a+plp@example.be"),
    ],
)
def test_an_address_has_one_form(typed: str, kept: str) -> None:
    assert Email().normalise(typed) == kept
    assert Email().normalise(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "a@b",
            "a@test",
            "a b@example.be",
            "a@example.be\nBcc: b@example.be",
            '"a b"@example.be',
            "a@[127.0.0.1]",
        ),
        *("<a@example.be>", "Jean <a@example.be>", "jé@example.be", "a@example.be>", f"{'a' * 65}@example.be"),
        *(f"a@{'b' * 250}.be", "a@@example.be", "a@example..be", ".a@example.be", "a@example.be,b@example.be"),
    ],
)
def test_a_form_that_only_a_mistake_or_a_trick_needs_is_refused(typed: str) -> None:
    with pytest.raises(NotAnEmailAddress):
        Email().normalise(typed)


# The mail


def test_a_mail_says_what_was_written_to_one_person() -> None:
    message, wire = parsed(envelope(Text("email", "fr", "Vols : soyez prêts", BODY, HTML)))

    assert message["Subject"] == "Vols : soyez prêts"
    assert message["To"] == "eloise@example.be"
    assert message["Message-ID"] == "<p7-00112233445566778899aabbccddeeff@127.0.0.1>"
    assert message["Date"].datetime == LEFT.replace(microsecond=0)
    assert message["List-Id"] == "<plp.127.0.0.1>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr"
    assert message["List-Unsubscribe"] == f"<{STOP}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [message[name] for name in ("Cc", "Bcc", "Reply-To", "Sender")] == [None] * 4
    assert message.get_content_type() == "multipart/alternative"
    plain = words(message, "plain")
    assert plain.rstrip("\n") == BODY.replace(Slot.NAME, "Éloïse D’Hondt & fils").replace(Slot.STOP_LINK, STOP)
    assert "Bonjour Éloïse D’Hondt &amp; fils" in words(message, "html")
    assert STOP in words(message, "html")
    lines = wire.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert b"\n" not in b"".join(lines)
    assert [line for line in lines[:-2] if line.startswith(b".")] == []
    assert wire.isascii()


def test_a_mail_of_a_partnership_bears_its_name_and_its_list() -> None:
    text = Text("email", "nl", "Diefstal", "Sluit uw deur.\n", sender="BIN Sint-Jans-Molenbeek", list_key="molenbeek-2")

    message, _ = parsed(envelope(text))

    assert message["From"] == "BIN Sint-Jans-Molenbeek <plp@127.0.0.1>"
    assert message["List-Id"] == "<molenbeek-2.127.0.0.1>"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('PLP Été, « Rue "Haute" »', 'PLP Été, « Rue "Haute" »'),
        ("PLP Haren\r\nBcc: all@example.be", "PLP Haren Bcc: all@example.be"),
        ("PLP \u202ehaute\x00\x1b rue <x@example.be>", "PLP haute rue <x@example.be>"),
        ("", "PLP"),
        ("x" * 300, "x" * 100),
    ],
)
def test_no_name_of_a_partnership_can_pretend_or_begin_a_header(name: str, shown: str) -> None:
    message, wire = parsed(envelope(Text("email", "fr", "Vols", "Fermez.\n", sender=name)))

    [address] = message["From"].addresses
    assert (address.display_name, address.addr_spec) == (shown, "plp@127.0.0.1")
    assert message["Bcc"] is None
    assert wire.isascii() is True


def test_a_mail_that_no_stop_ends_bears_no_way_to_stop_it() -> None:
    message, _ = parsed(envelope(Text("email", "fr", "Code", "12345678\n", may_be_stopped=False)))

    assert [name for name in message if name.lower().startswith("list-")] == []
    assert Email().prepare(Text("email", "fr", "Code", "12345678\n", may_be_stopped=False)).slots == set()


def test_answers_are_asked_for_where_somebody_reads_them() -> None:
    with override_settings(IMAP_URL="imaps://user:password@imap.example.be"):
        message, _ = parsed(envelope(Text("email", "fr", "Vols", "Fermez.\n")))

    assert message["Reply-To"] == message["From"].addresses[0].addr_spec == "plp@127.0.0.1"


def test_a_mail_without_html_is_one_plain_part() -> None:
    message, _ = parsed(envelope(Text("email", "nl", "Diefstal", "Sluit uw deur.\n")))

    assert message.get_content_type() == "text/plain"
    assert words(message, "plain").strip() == "Sluit uw deur."


def test_a_second_copy_is_the_same_mail() -> None:
    made = envelope(Text("email", "fr", "Vols", BODY, HTML))

    assert made.prepared.mail_bytes(made) == made.prepared.mail_bytes(made._replace(repeated=True))


@given(name=st.text(max_size=120), body=st.text(max_size=300), subject=st.text(max_size=150))
def test_nothing_that_somebody_writes_can_begin_a_header_or_end_the_mail(name: str, body: str, subject: str) -> None:
    clean = "".join(letter for letter in body if letter not in set(Slot) and not 0xD800 <= ord(letter) < 0xE000)
    title = "".join(letter for letter in subject if letter.isprintable() and letter not in set(Slot))
    made = envelope(Text("email", "fr", title or "x", f"{clean}{Slot.NAME}.\n"), name=name)

    wire = made.prepared.mail_bytes(made)

    assert wire.count(b"\r\n.\r\n") == 1
    assert wire.replace(b"\r\n", b"").count(b"\n") == wire.replace(b"\r\n", b"").count(b"\r") == 0
    message = email.message_from_bytes(wire, policy=SMTP)
    assert sorted(message.keys()) == [
        *("Auto-Submitted", "Content-Language", "Content-Transfer-Encoding", "Content-Type", "Date", "From"),
        *("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Message-ID", "Subject", "To"),
    ]


# The server's address


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1:2525", SmtpServer("127.0.0.1", 2525, "none")),
        ("smtp://mail.example.be", SmtpServer("mail.example.be", 587, "starttls")),
        ("smtp://mail.example.be?starttls=off", SmtpServer("mail.example.be", 25, "none")),
        ("smtp://localhost?starttls=1", SmtpServer("localhost", 587, "starttls")),
        ("smtps://us%40er:p%3Aw@mail.example.be", SmtpServer("mail.example.be", 465, "implicit", "us@er", "p:w")),
    ],
)
def test_a_server_elsewhere_is_spoken_to_in_tls(url: str, server: SmtpServer) -> None:
    assert parse_server_url(url, "PLP_SMTP_URL") == server


@pytest.mark.parametrize(
    "url",
    [
        *("", "mail.example.be", "http://mail.example.be", "smtp://", "smtp://h:99999999", "smtp://h?starttls=maybe"),
        "smtp://user:secret@mail.example.be?starttls=off",
    ],
)
def test_a_setting_that_cannot_be_used_is_named_without_its_secret(url: str) -> None:
    with pytest.raises(BadServerUrl, match="PLP_SMTP_URL") as refused:
        parse_server_url(url, "PLP_SMTP_URL")
    assert "secret" not in str(refused.value)


# The client, beside a server that follows a script

Script = dict[str, str]
POLITE: Script = {
    "banner": "220 hello",
    "EHLO": "250-hello\r\n250-PIPELINING\r\n250 SIZE 1000000",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go",
    "RSET": "250 ok",
    "end": "250 taken",
}


class Scripted:
    """Answers by its script; ``cut`` drops the line at once, ``stall`` says nothing."""

    def __init__(self, script: Script) -> None:
        self.script = ChainMap(script, POLITE)
        self.heard: list[str] = []
        self.mails: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self.say(reader, writer, "banner")
            while line := await reader.readline():
                verb = line[:4].decode().upper()
                self.heard.append(line.decode().strip())
                if verb == "QUIT":
                    break
                if await self.say(reader, writer, verb) == "354":
                    self.mails.append(await self.read_mail(reader))
                    await self.say(reader, writer, "end")
        except ConnectionError:
            pass
        finally:
            writer.close()

    @staticmethod
    async def read_mail(reader: asyncio.StreamReader) -> bytes:
        lines = []
        while line := await reader.readline():
            lines.append(line)
            if line == b".\r\n":
                break
        return b"".join(lines)

    async def say(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, key: str) -> str:
        words = self.script.get(key, "502 what")
        if words == "cut":
            writer.transport.abort()
            raise ConnectionResetError
        if words == "stall":
            await reader.read()  # until the other side gives up
            raise ConnectionResetError
        writer.write(words.encode() + b"\r\n")
        await writer.drain()
        return words[:3]


def talk(
    script: Script, what: Callable[[SmtpSession], Awaitable[Any]], *, patience: float = 5.0
) -> tuple[Any, Scripted]:
    """What ``what`` answers or raises on a line to a server with this script."""
    server = Scripted(script)

    async def run() -> Any:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        async with listening:
            port = listening.sockets[0].getsockname()[1]
            try:
                line = await connect(
                    SmtpServer("127.0.0.1", port, "none"), sender="plp@example.be", helo="example.be", timeout=patience
                )
            except ConnectionFailed as failure:
                return failure
            try:
                return await what(line)
            except (ConnectionFailed, DeliveryFailed, OutcomeUnknown) as failure:
                return failure
            finally:
                await line.close()

    return asyncio.run(run()), server


LETTER = envelope(Text("email", "fr", "Vols", BODY, HTML))


def test_a_mail_is_taken_in_two_round_trips() -> None:
    answer, server = talk({}, lambda line: line.send(LETTER))

    assert answer == Accepted()
    assert server.heard[:4] == [
        "EHLO example.be",
        "MAIL FROM:<plp@example.be>",
        "RCPT TO:<eloise@example.be>",
        "DATA",
    ]
    assert server.mails == [LETTER.prepared.mail_bytes(LETTER)]


@pytest.mark.parametrize(
    ("script", "noted", "code"),
    [
        ({}, ["leaves", "taken"], b"250"),
        ({"RCPT": "550 unknown"}, [], b"\0\0\0"),
        ({"DATA": "451 later"}, [], b"\0\0\0"),
        ({"end": "550 not wanted"}, ["leaves"], b"550"),
        ({"end": "stall"}, ["leaves"], b"\0\0\0"),
    ],
)
def test_a_line_says_when_the_mail_leaves_and_when_it_was_taken(script: Script, noted: list[str], code: bytes) -> None:
    progress = Noted()

    async def send(line: SmtpSession) -> Any:
        line.progress = progress
        return await line.send(LETTER)

    talk(script, send, patience=0.3)

    assert (progress.noted, bytes(progress.code)) == (noted, code)


def test_without_pipelining_each_command_waits_for_its_answer() -> None:
    answer, server = talk({"EHLO": "250 hello"}, lambda line: line.send(LETTER))

    assert answer == Accepted()
    assert len(server.mails) == 1


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize(
    ("script", "kind", "temporary", "reason"),
    [
        ({"MAIL": "451 later", "RCPT": "503 no", "DATA": "503 no"}, DeliveryFailed, True, "smtp-mail-451"),
        ({"MAIL": "550 who", "RCPT": "503 no", "DATA": "503 no"}, ConnectionFailed, None, "smtp-mail-550"),
        ({"MAIL": "530 sign in", "RCPT": "503 no", "DATA": "503 no"}, ConnectionFailed, None, "smtp-mail-530"),
        ({"RCPT": "450 busy", "DATA": "503 no"}, DeliveryFailed, True, "smtp-rcpt-450"),
        ({"RCPT": "550 unknown", "DATA": "554 nobody"}, DeliveryFailed, False, "mailbox-gone"),
        ({"RCPT": "550-5.1.1 ask\r\n550 5.1.1 elsewhere", "DATA": "554 no"}, DeliveryFailed, False, "mailbox-gone"),
        ({"RCPT": "452 4.2.2 over quota", "DATA": "554 no"}, DeliveryFailed, True, "mailbox-full"),
        ({"RCPT": "450 4.2.0 greylisted", "DATA": "554 no"}, DeliveryFailed, True, "smtp-rcpt-450"),
        ({"RCPT": "552 5.3.4 too big", "DATA": "554 no"}, DeliveryFailed, False, "smtp-rcpt-552"),
        ({"DATA": "451 later"}, DeliveryFailed, True, "smtp-data-451"),
        ({"DATA": "554 no"}, DeliveryFailed, False, "smtp-data-554"),
        ({"end": "452 full"}, DeliveryFailed, True, "smtp-data-452"),
        ({"end": "554 spam"}, DeliveryFailed, False, "refused-as-spam"),
        ({"end": "421 closing"}, ConnectionFailed, None, "smtp-data-421"),
        ({"RCPT": "421 closing", "DATA": "421 closing"}, ConnectionFailed, None, "smtp-421"),
        ({"RCPT": "cut"}, ConnectionFailed, None, "smtp-cut"),
        ({"end": "cut"}, OutcomeUnknown, None, "smtp-cut-after-data"),
        ({"end": "what?"}, OutcomeUnknown, None, "smtp-nonsense-after-data"),
    ],
)
def test_each_refusal_has_its_meaning(
    pipelining: bool, script: Script, kind: type[Exception], temporary: bool | None, reason: str
) -> None:
    hello = {} if pipelining else {"EHLO": "250 hello"}

    answer, _ = talk({**script, **hello}, lambda line: line.send(LETTER))

    assert type(answer) is kind
    assert answer.reason == reason
    assert getattr(answer, "temporary", None) is temporary


def test_a_line_serves_on_after_a_refused_recipient() -> None:
    async def twice(line: SmtpSession) -> Any:
        with pytest.raises(DeliveryFailed):
            await line.send(LETTER)
        script.update(RCPT="250 ok", DATA="354 go")
        return await line.send(LETTER)

    script = {"RCPT": "550 unknown", "DATA": "503 no"}
    answer, server = talk(script, twice)

    assert answer == Accepted()
    assert server.heard.count("RSET") == 1


@pytest.mark.parametrize("address", ["a@b.be>\r\nRCPT TO:<x@y.be", "a b@c.be", "é@c.be", "a@b.be\0", "", "a"])
def test_an_address_that_would_be_a_command_is_never_said(address: str) -> None:
    answer, server = talk({}, lambda line: line.send(LETTER._replace(address=address)))

    assert type(answer) is DeliveryFailed
    assert answer.reason == "smtp-address"
    assert answer.temporary is False
    assert [word for word in server.heard if word.startswith(("MAIL", "RCPT", "DATA"))] == []


def test_a_server_that_wants_text_for_nobody_gets_an_empty_one() -> None:
    """RFC 2920: with PIPELINING a server may say 354 although it refused the only recipient."""
    answer, server = talk({"RCPT": "550 unknown", "end": "554 nobody"}, lambda line: line.send(LETTER))

    assert type(answer) is DeliveryFailed
    assert answer.reason == "mailbox-gone"
    assert LETTER.prepared.mail_bytes(LETTER) not in server.mails


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ({"banner": "554 go away"}, "smtp-banner-554"),
        ({"banner": "cut"}, "smtp-banner"),
        ({"banner": "stall"}, "smtp-no-answer"),
        ({"EHLO": "502 what"}, "smtp-ehlo-502"),
        ({"banner": "220-" + "x" * 100_000}, "smtp-banner"),
    ],
)
def test_a_server_that_does_not_greet_is_down(script: Script, reason: str) -> None:
    answer, _ = talk(script, lambda line: line.send(LETTER), patience=0.3)

    assert type(answer) is ConnectionFailed
    assert answer.reason == reason


def test_a_server_may_say_more_about_itself_than_is_kept() -> None:
    many = "\r\n".join(["250-X"] * 150 + ["250 PIPELINING"])

    answer, _server = talk({"EHLO": many}, lambda line: line.send(LETTER))

    assert answer == Accepted()


def test_a_line_that_babbles_without_end_is_cut() -> None:
    async def run() -> bool:
        line, other = SmtpProtocol(5), asyncio.Event()

        async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while not writer.is_closing() and not line.lost:
                writer.write(b"x" * LONGEST_REPLY)
                await asyncio.sleep(0)
            writer.close()
            other.set()

        async with await asyncio.start_server(babble, "127.0.0.1", 0) as listening:
            await asyncio.get_running_loop().create_connection(lambda: line, *listening.sockets[0].getsockname()[:2])
            await asyncio.wait_for(other.wait(), 5)
        return line.lost

    assert asyncio.run(run())


def test_a_line_that_never_stood_is_let_go_of() -> None:
    line = SmtpProtocol(5)

    line.close()
    line.connection_lost(None)

    assert line.lost


@pytest.mark.parametrize(
    "url", ["pop3://a:b@mail.test", "imaps://mail.test", "imaps://a:b@/x", 'imaps://a:b@mail.test/"x']
)
def test_a_mailbox_that_cannot_be_is_named_without_its_secret(url: str) -> None:
    with pytest.raises(BadInboxUrl, match=r"^PLP_IMAP_URL must look like imaps:"):
        parse_inbox_url(url)


def test_a_mailbox_that_says_no_cannot_be_read() -> None:
    class Refusing:
        def uid(self, *_words: str) -> tuple[str, list[bytes]]:
            return "NO", [b"try later"]

    with pytest.raises(InboxUnreachable, match="imap-search"):
        ImapInbox(Refusing()).unread_uids()  # type: ignore[arg-type]


@override_settings(SMTP_URL="", SMTP_URL_2="")
def test_without_a_server_no_line_is_opened() -> None:
    with pytest.raises(ConnectionFailed, match="smtp-no-server"):
        asyncio.run(Email().open())


def test_a_server_that_stalls_after_the_data_leaves_a_doubt_and_before_it_none() -> None:
    after, _ = talk({"end": "stall"}, lambda line: line.send(LETTER), patience=0.3)
    before, _ = talk({"RCPT": "stall"}, lambda line: line.send(LETTER), patience=0.3)

    assert type(after) is OutcomeUnknown
    assert type(before) is ConnectionFailed


def test_nothing_is_sent_in_clear_when_tls_is_required_and_missing() -> None:
    server = Scripted({})

    async def run() -> None:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        async with listening:
            port = listening.sockets[0].getsockname()[1]
            wanted = SmtpServer("127.0.0.1", port, "starttls", "user", "secret")
            with pytest.raises(ConnectionFailed, match="smtp-no-starttls"):
                await connect(wanted, sender="plp@example.be", helo="example.be", timeout=5)

    asyncio.run(run())

    assert server.heard == ["EHLO example.be"]


def test_the_second_server_serves_while_the_first_is_gone() -> None:
    server = Scripted({})

    async def run() -> None:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        gone = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        dead = gone.sockets[0].getsockname()[1]
        gone.close()
        await gone.wait_closed()
        async with listening:
            port = listening.sockets[0].getsockname()[1]
            with override_settings(SMTP_URL=f"smtp://127.0.0.1:{dead}", SMTP_URL_2=f"smtp://127.0.0.1:{port}"):
                channel = Email()
                with pytest.raises(ConnectionFailed, match="smtp-unreachable"):
                    await channel.open(0)
                line = await channel.open(channel.count_suppliers() - 1)
            assert await line.send(LETTER) == Accepted()
            await line.close()

    asyncio.run(run())

    assert len(server.mails) == 1


@override_settings(SMTP_URL="smtp://user:secret@mail.example.be?starttls=off")
def test_the_check_says_what_to_do_without_the_password() -> None:
    (sentence,) = Email().check()

    assert sentence == "PLP_SMTP_URL would send a password in clear: use smtps:// or ?starttls=require."
