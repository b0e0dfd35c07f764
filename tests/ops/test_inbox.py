"""Answers by mail over real SMTP and IMAP: out with a code, back signed, done; 500 forged ones do nothing (T3).

The keys of signatures stand on a name server of the test.
"""

import argparse
import asyncio
import re
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.smtp import SMTP, Session
from aiosmtpd.smtp import Envelope as Received

from plp.channels.email import Email
from plp.channels.email.inbox import BadInboxUrl, parse_inbox_url
from plp.delivery.channel import Envelope, Text
from plp.delivery.models import Dispatch, MessageText
from plp.delivery.texts import Slot
from plp.notices.models import Notice, ReplyCode
from plp.notices.relay_letters import MOST_ANSWERS
from plp.notices.reply_codes import get_or_create_reply_code
from plp.notices.states import State
from plp.ops import inbox
from plp.ops.cli import Failed
from plp.ops.commands import inbox as command
from plp.ops.receivers.mailbox import _FreePortController
from plp.people.models import ContactPoint
from plp.toolbox import clock
from tests.factories.cast import Cast, contact, member
from tests.factories.dovecot import Dovecot, dovecot
from tests.factories.mails import Dns, signed, written
from tests.patience import PATIENCE
from tests.portal.notices.relay.stage import released
from tests.portal.signing import AT

pytestmark = [pytest.mark.django_db, pytest.mark.imap]
CLARA, DEPUTY, NEIGHBOUR, OURS = "clara@example.org", "denis@example.org", "nora@example.org", "plp@plp.test"


@dataclass
class Post:
    """The mail server of the test: what is for us goes to the mailbox, what is for others to them."""

    box: Dovecot
    port: int = 0
    others: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Received) -> str:  # noqa: N802
        """Take a mail."""
        content = envelope.original_content or b""
        (self.box.deliver if envelope.rcpt_tos == [OURS] else self.others.append)(content)
        return "250 taken"

    def send(self, *mails: bytes) -> None:
        """What a person's mail program does."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=PATIENCE) as line:
            for mail in mails:
                line.sendmail(CLARA, [OURS], mail)

    def bring_out(self) -> list[str]:
        """Send by our own channel what waits in the outbox by mail; the bodies that arrived."""
        before, copies = len(self.others), []
        for row in Dispatch.objects.filter(state="queued", channel="email").select_related("contact"):
            text = MessageText.objects.get(message=row.message_id, channel="email", language=row.language)
            copies.append((row.contact.address, Text("email", row.language, text.subject, text.body)))
            Dispatch.objects.filter(pk=row.pk).update(state="accepted")
        asyncio.run(hand_over(copies))
        mails = [message_from_bytes(raw, policy=policy.default) for raw in self.others[before:]]
        return [mail.get_content() for mail in mails]


async def hand_over(copies: list[tuple[str, Text]]) -> None:
    """Each copy through the channel."""
    channel, values = Email(), {Slot.STOP_LINK: "https://plp.test/stop"}
    line = await channel.open()
    for number, (address, text) in enumerate(copies):
        reference = f"p{number}-019ab0c0d0e0f0a0b0c0d0e0f0a0b0c0"
        await line.send(Envelope(reference, address, channel.prepare(text), values, AT))
    await line.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture
def post(server: Dovecot, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """Both servers, and settings that point to them."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    made = Post(server)
    controller = _FreePortController(made, hostname="127.0.0.1", port=0)
    controller.start()
    made.port = controller.port
    settings.SMTP_URL, settings.MAIL_FROM = f"smtp://127.0.0.1:{made.port}", f"PLP <{OURS}>"
    settings.IMAP_URL, settings.IMAP_CA_FILE = server.url, str(server.certificate)
    settings.ANSWERED = ["email"]
    yield made
    controller.stop()


@pytest.fixture
def cast(post: Post) -> Cast:
    made = Cast()
    for person, address in ((made.here.coordinator, CLARA), (made.here.deputy, DEPUTY)):
        contact(person, "email", address)
    contact(made.next_door.coordinator, "email", NEIGHBOUR)
    contact(member(made.here.partnership, "Eva Exemple"), "sms", "+32470000004")
    return made


def looked(box: inbox.AnswerMailbox) -> int:
    """What a worker does at two looks."""
    box.fetch_new_mails_and_delete_old()
    done = box.record_bounces_and_answer_fetched_mails()
    box.open_inbox_and_mark_answered_as_seen()
    return done


def test_an_answer_travels_and_relays_and_its_receipt_comes_back(
    cast: Cast, post: Post, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = released(cast)
    monkeypatch.setattr(inbox.AnswerMailbox.__init__, "__defaults__", (Dns("example.org"),))
    [letter] = post.bring_out()
    [code] = re.findall(r"OK (\d{4})", letter)
    quoted = "\n".join(f"> {line}" for line in letter.splitlines())

    post.send(signed(written(f"Clara Haren <{CLARA}>", f"Ok {code}\n\n{quoted}"), "example.org"))
    ended = command.run(argparse.Namespace())

    notice.refresh_from_db()
    assert (ended, notice.state, notice.relay.by) == (0, State.RELAYED, cast.here.coordinator)
    [receipt] = post.bring_out()
    assert "Relayé à 1 personne." in receipt
    assert "1 mails read, 1 of them" in capsys.readouterr().err
    assert "S" in post.box.flags()


def test_a_mail_that_nobody_signed_becomes_a_question(cast: Cast, post: Post) -> None:
    notice = released(cast)
    post.bring_out()
    code = get_or_create_reply_code(notice, cast.here.coordinator, at=AT).code

    post.send(written(CLARA, f"OK {code}"))
    looked(inbox.AnswerMailbox(Dns("example.org")))

    notice.refresh_from_db()
    [question] = post.bring_out()
    assert notice.state == State.RELEASED
    assert "/coordinator/answer/" in question


def forgeries(code: str, other: str) -> list[bytes]:
    """Mails that want to pass the message on, each made in another way."""
    answer, away = written(f"Clara <{CLARA}>", f"OK {code}"), "evil.example"
    return [
        answer,  # no signature
        signed(answer, away),  # of another domain
        signed(written("clara@examp1e.org", f"OK {code}"), "examp1e.org"),  # looks alike
        signed(written(f'"{CLARA}" <x@evil.example>', f"OK {code}"), away),  # display name only
        signed(written(CLARA, f"OK {other}"), "example.org").replace(f"OK {other}".encode(), f"OK {code}".encode()),
        signed(written(NEIGHBOUR, f"OK {code}"), "example.org"),  # another coordinator's code
        signed(written(DEPUTY, f"OK {other}"), "example.org"),  # a right that does not hold now
        signed(written(CLARA, f"OK {code}", more="Auto-Submitted: auto-replied"), "example.org"),
        b"From: x@evil.example\r\n" + signed(answer, "example.org"),  # two senders
        signed(answer, "example.org", length=True) + b"more\r\n",  # signed in part
    ]


@pytest.mark.any_database  # each kind of mail asks what those above ask
def test_five_hundred_forged_mails_relay_nothing(cast: Cast, post: Post) -> None:
    notice, earlier = released(cast), released(cast)
    code = get_or_create_reply_code(notice, cast.here.coordinator, at=AT).code
    other = get_or_create_reply_code(notice, cast.here.deputy, at=AT).code
    used = signed(
        written(CLARA, f"OK {get_or_create_reply_code(earlier, cast.here.coordinator, at=AT).code}"), "example.org"
    )
    dns = Dns("example.org", "evil.example", "examp1e.org")
    post.send(used)
    looked(inbox.AnswerMailbox(dns))
    post.bring_out()

    mails = forgeries(code, other)
    for number in range(490):
        post.box.deliver(b"X-Number: %d\r\n" % number + mails[number % len(mails)])  # each one new, signatures hold
    post.send(*[used] * 10)  # brought again
    box, seen = inbox.AnswerMailbox(dns), 0
    while seen < 500:
        looked(box)
        seen += 100

    assert Notice.objects.get(pk=notice.pk).state == State.RELEASED
    assert Notice.objects.filter(state=State.RELAYED).count() == 1  # the genuine one, once
    assert ReplyCode.objects.get(notice=notice, person=cast.here.coordinator).wrong == 0
    assert len(post.bring_out()) <= 3 * MOST_ANSWERS  # to three registered mailboxes: nobody is flooded
    assert set(post.box.flags()) == {"S"}


def test_stop_by_mail_is_heard_from_its_owner_alone(cast: Cast, post: Post) -> None:
    post.send(written(CLARA, "STOP"))
    looked(inbox.AnswerMailbox(Dns("example.org")))
    before = ContactPoint.objects.exclude(stopped_at=None).count()

    post.send(signed(written(CLARA, "Stop svp"), "example.org"))
    looked(inbox.AnswerMailbox(Dns("example.org")))

    assert before == 0
    assert [point.address for point in ContactPoint.objects.exclude(stopped_at=None)] == [CLARA]


def test_what_was_read_is_deleted_after_thirty_days(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post.send(written("stranger@example.net", "Bonjour"), b"x: y\r\n" * 50_000)
    box = inbox.AnswerMailbox(Dns())
    looked(box)
    kept = len(post.box.flags())

    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(days=40))
    for _ in range(kept // 100 + 1):
        looked(box)

    assert kept > 0
    assert post.box.flags() == []


def test_a_mailbox_that_cannot_be_read_is_told_in_one_sentence(post: Post, settings) -> None:
    genuine = settings.IMAP_URL
    said = []
    for url, certificate in (
        ("", ""),
        ("imaps://nobody", ""),
        (genuine, ""),
        (genuine.replace("se%20cret", "wrong"), str(post.box.certificate)),
        (genuine.replace("/INBOX", "/Elsewhere"), str(post.box.certificate)),
        ("imaps://plp:x@127.0.0.1:1", ""),
    ):
        settings.IMAP_URL, settings.IMAP_CA_FILE = url, certificate
        with pytest.raises(Failed) as failed:
            command.run(argparse.Namespace())
        said.append(str(failed.value))

    reasons = ["", "", "imap-certificate", "imap-refused", "imap-folder", "imap-unreachable"]
    assert [reason in words for reason, words in zip(reasons, said, strict=True)] == [True] * 6
    assert not any("cret" in words for words in said)
    settings.IMAP_URL, settings.IMAP_CA_FILE = genuine, str(post.box.certificate)
    assert list(Email().check()) == []


@pytest.mark.parametrize("url", ["", "imaps://host", "http://u:p@host", "imaps://u:p@host/a%22b", "imaps://u:p@host:x"])
def test_an_address_that_is_none_is_refused_without_its_secret(url: str) -> None:
    with pytest.raises(BadInboxUrl) as refused:
        parse_inbox_url(url)

    assert "u:p" not in str(refused.value)
