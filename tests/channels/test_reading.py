"""What is read in a mail that comes in: one sender, proven or not, its first words; machines and nonsense are not."""

import time
from email.message import EmailMessage

import pytest

from plp.channels.email.incoming_mail import IncomingMail, is_dmarc_aligned, parse_mail_written_by_person
from plp.sandbox.parsers.mails import read_reply
from tests.factories.mails import Dns, signed, written
from tests.workload import work_of

CLARA = "clara@example.org"


def seen(raw: bytes, *domains: str) -> IncomingMail | None:
    return parse_mail_written_by_person(raw, key_lookup=Dns(*(domains or ("example.org",))), now=int(time.time()))


def test_a_signed_answer_is_proven_and_known_again() -> None:
    mail = signed(written(f"Clara <{CLARA}>", "OK 4821"), "example.org")

    first, second = seen(mail), seen(mail)

    assert first is not None
    assert first.sender == CLARA
    assert first.words.strip() == "OK 4821"
    assert first.is_proven is True
    assert first == second


@pytest.mark.parametrize(
    ("sender", "domains", "aligned"),
    [
        ("a@example.org", {"example.org"}, True),
        ("a@mail.example.org", {"example.org"}, True),  # whoever owns the name around owns this one
        ("a@example.org", {"mail.example.org"}, False),
        ("a@example.org", {"evil.example", "ample.org"}, False),
        ("a@example.org", {"org"}, False),
        ("a@example.org", set(), False),
    ],
)
def test_the_signer_is_the_domain_of_the_sender_or_around_it(sender: str, domains: set[str], aligned: bool) -> None:
    assert is_dmarc_aligned(sender, domains) is aligned


@pytest.mark.parametrize(
    "more",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "Precedence: bulk",
        "List-Id: <x.example.org>",
        "List-Unsubscribe: <mailto:x@example.org>",
        "X-Autoreply: yes",
        "Return-Path: <>",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "From: other@example.org",
    ],
)
def test_machines_lists_bounces_and_two_senders_are_passed_over(more: str) -> None:
    assert seen(written(CLARA, "OK 4821", more=more)) is None


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Vol par ruse",
        "Réponse automatique : absence",
        "Afwezig tot maandag",
        "RE: Out of office",
        "Abwesenheit",
    ],
)
def test_an_absence_note_without_any_mark_is_known_by_its_subject(subject: str) -> None:
    mail = written(CLARA, "OK 4821").replace(b"Subject: Re: message", f"Subject: {subject}".encode())

    assert seen(mail) is None


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "nobody",
        "MAILER-DAEMON@example.org",
        "no-reply@example.org",
        "a@example.org, b@example.org",
        "group: a@example.org;",
        '"clara@example.org"',
        "<clara@example.org",
        "=?utf-8?q?clara=40example.org?=",
        "clara@example.org@evil.example",
        "a@[127.0.0.1]",
        "x" * 5000 + "@example.org",
    ],
)
def test_a_sender_that_is_no_one_address_is_nobody(sender: str) -> None:
    mail = seen(written(sender, "OK 4821"))

    assert mail is None or mail.sender != CLARA


def test_the_name_beside_an_address_counts_for_nothing() -> None:
    mail = seen(written(f'"{CLARA}" <x@evil.example>', "OK 4821"))

    assert mail is not None
    assert mail.sender == "x@evil.example"
    assert mail.is_proven is False


def html(words: str, *, plain: str | None = None, charset: str = "utf-8") -> bytes:
    mail = EmailMessage()
    mail["From"] = CLARA
    if plain is not None:
        mail.set_content(plain)
        mail.add_alternative(words, subtype="html")
    else:
        mail.set_content(words, subtype="html", charset=charset)
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("raw", "first"),
    [
        (
            html("<html><head><style>OK 1111</style></head><body><div>OK 4821</div><blockquote>x</blockquote>"),
            "OK 4821",
        ),
        (html("<p>OK <b>4821</b></p><p>Clara</p>"), "OK 4821"),
        (html("<p>no</p>", plain="OK 4821\n"), "OK 4821"),
        (html("<p>Gr\u00fc\u00dfe</p>", charset="iso-8859-15"), "Gr\u00fc\u00dfe"),
        (html("<blockquote>OK 4821</blockquote>"), "> OK 4821"),
        (written(CLARA, "OK 4821", more="Content-Type: text/plain; charset=klingon"), "OK 4821"),
        (written(CLARA, "T0sgNDgyMQ==", more="Content-Type: text/plain\nContent-Transfer-Encoding: base64"), "OK 4821"),
    ],
)
def test_the_first_words_are_those_a_reader_sees(raw: bytes, first: str) -> None:
    mail = seen(raw)

    assert mail is not None
    assert next(line.strip() for line in mail.words.splitlines() if line.strip()) == first


def nested(depth: int) -> bytes:
    """Boxes in boxes."""
    heads = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return b"From: clara@example.org\r\n" + heads


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 1000,
        nested(2500),
        b"From: clara@example.org\r\nContent-Type: text/plain; charset=\x00\r\n\r\nx",
        b"From: clara@example.org\r\nContent-Type: multipart/mixed\r\n\r\n",
        b"From: \xff\xfe <clara@example.org>\r\nSubject: =?x?y?=\r\n\r\n" + bytes(range(256)),
        b"From: (((((((((((((((clara@example.org\r\n\r\n",
        b"From: clara@example.org\r\nContent-Type: text/html\r\n\r\n" + b"<div " * 30_000,
        b"x" * 300_000,
    ],
)
def test_hostile_mail_is_read_with_little_work_and_raises_nothing(raw: bytes) -> None:
    assert work_of(lambda: read_reply(raw, now=0)) < 2

    mail = seen(raw)

    assert mail is None or not mail.is_proven


def test_words_of_a_mail_that_was_passed_on_are_not_those_of_its_sender() -> None:
    passed_on, inner = EmailMessage(), EmailMessage()
    inner["From"], passed_on["From"] = "x@evil.example", CLARA
    inner.set_content("OK 4821")
    passed_on.set_content("\n")
    passed_on.add_attachment(inner)

    mail = seen(passed_on.as_bytes())

    assert mail is not None
    assert (mail.sender, mail.words.strip()) == (CLARA, "")
