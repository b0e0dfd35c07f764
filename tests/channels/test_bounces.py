"""What other servers say of our mails, in the forms of several makers, and whose fault it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plp.channels.email.refusals import SPAM, refusal_reason
from plp.channels.email.verp import copy_numbers_and_macs_in, is_signed_by_us, return_path
from plp.delivery.channel import MAILBOX_FULL, MAILBOX_GONE, MAILBOX_UNREACHABLE
from plp.delivery.references import reference_of
from plp.sandbox.parsers.bounces import LARGEST, read_bounce
from tests.factories import reports

pytestmark = pytest.mark.any_database
REFERENCE = "p2847563-00112233445566778899aabbccddeeff"
TO = "plp+2847563-0123456789abcdef0123@plp.example.be"


def meant(raw: bytes) -> tuple[str, str]:
    """Outcome and reason of a report."""
    found = read_bounce(raw)
    assert found is not None
    assert copy_numbers_and_macs_in(" ".join(found["addressed"])) == [(2847563, "0123456789abcdef0123")]
    return found["outcome"], refusal_reason(found["words"], status=found["status"])


@pytest.mark.parametrize(
    ("raw", "outcome", "reason"),
    [
        (reports.status(TO), "failed", MAILBOX_GONE),
        (reports.status(TO, code="5.4.4", words="X-Postfix; Host or domain name not found"), "failed", MAILBOX_GONE),
        (reports.status(TO, code="5.2.2", words="smtp; 552 5.2.2 over quota"), "failed", MAILBOX_FULL),
        (reports.status(TO, code="4.2.2", words="smtp; 452 4.2.2 Mailbox full"), "failed", MAILBOX_FULL),
        (reports.status(TO, code="4.4.1", words="X-Postfix; connect: timed out"), "failed", MAILBOX_UNREACHABLE),
        (reports.status(TO, code="5.7.1", words="smtp; 550 5.7.1 Message refused, spam"), "failed", SPAM),
        (reports.status(TO, code="5.1.1", words="smtp; 550 listed by Spamhaus, 5.1.1"), "failed", SPAM),
        (reports.status(TO, code="5.0.0", words="smtp; 550 Administrative prohibition"), "failed", SPAM),
        (reports.status(TO, code="5.6.0", words="smtp; 554 5.6.0 bad attachment"), "failed", ""),
        (reports.status(TO, code="5.0.0", words="smtp; 550 No such user here"), "failed", MAILBOX_GONE),
        (
            reports.status(
                TO, code="5.4.1", words="smtp;550 5.4.1 Recipient address rejected: Access denied. AS(2018)"
            ),
            *("failed", MAILBOX_GONE),
        ),
        (reports.status(TO, action="Failed (permanently)"), "failed", MAILBOX_GONE),
        (reports.status(TO, action="delayed", code="4.7.1", words="smtp; 450 greylisted"), "delayed", SPAM),
        (reports.status(TO, action="delivered", code="2.0.0", words="smtp; 250 ok"), "delivered", ""),
        (reports.complaint(TO), "complaint", ""),
        (reports.qmail(TO), "failed", MAILBOX_GONE),
        (reports.qmail(TO, "The users mailfolder is over the allowed quota (size). (#5.2.2)"), "failed", MAILBOX_FULL),
        (reports.exim(TO), "failed", MAILBOX_GONE),
        (reports.exim(TO, "552 mailbox is full"), "failed", MAILBOX_FULL),
        (reports.exim_warning(TO), "delayed", SPAM),
        (reports.yahoo(TO), "failed", MAILBOX_GONE),
        (reports.exchange(TO), "failed", MAILBOX_GONE),
        (reports.postfix_text(TO), "failed", MAILBOX_FULL),
        (reports.gmail_text(TO), "failed", MAILBOX_GONE),
    ],
)
def test_a_report_is_understood_whoever_wrote_it(raw: bytes, outcome: str, reason: str) -> None:
    assert meant(raw)[0] == outcome
    assert outcome == "delayed" or meant(raw)[1] == reason


@pytest.mark.parametrize(
    "raw",
    [
        reports.vacation(TO),
        reports.complaint(TO, kind="not-spam"),
        reports.status(TO, action="relayed"),
        reports.plain(TO, "MAILER-DAEMON@mx.example.net", "Weekly summary of your quarantine.\n"),
        *(b"", b"\x00" * 100, b"From: a\n" * 10_000),
    ],
)
def test_what_is_no_report_is_none(raw: bytes) -> None:
    assert read_bounce(raw) is None


@given(st.binary(max_size=2_000), st.integers(0, 1_500), st.integers(0, 400))
def test_a_broken_report_raises_nothing(noise: bytes, start: int, length: int) -> None:
    whole = reports.status(TO)

    found = read_bounce(whole[:start] + noise + whole[start + length :])

    assert found is None or set(found) == {"outcome", "status", "words", "addressed"}


def test_of_an_endless_mail_only_the_beginning_is_read() -> None:
    found = read_bounce(reports.status(TO) + b"x" * LARGEST)

    assert found is not None
    assert found["outcome"] == "failed"


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        ("550 5.1.1 User unknown", 550, MAILBOX_GONE),
        ("550 no such user", 550, MAILBOX_GONE),
        ("550 5.1.1", 550, MAILBOX_GONE),
        ("550 nobody here", 550, MAILBOX_GONE),
        (
            "550-5.1.1 The email account that you tried to reach does not exist. https://x.example/spam",
            550,
            MAILBOX_GONE,
        ),
        ("550 5.2.1 The email account that you tried to reach is disabled", 550, MAILBOX_GONE),
        ("552 5.2.2 The email account that you tried to reach is over quota", 552, MAILBOX_FULL),
        ("550 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", 550, SPAM),
        ("550 5.7.26 unauthenticated mail is not accepted", 550, SPAM),
        ("550 Sender verify failed", 550, SPAM),
        ("554 5.7.1 <a@example.be>: Recipient address rejected: Access denied", 554, SPAM),
        ("550 relay not permitted", 550, SPAM),
        ("552 5.3.4 Message size exceeds fixed limit", 552, ""),
        ("501 5.1.7 Bad sender address syntax", 501, SPAM),
    ],
)
def test_a_refusal_at_the_door_says_whose_fault_it_is(words: str, code: int, reason: str) -> None:
    assert refusal_reason(words, code=code) == reason


def test_the_envelope_sender_says_which_copy_and_nothing_else() -> None:
    address = return_path(REFERENCE, "plp+*@plp.example.be")

    local, _, domain = address.partition("@")
    [(number, signature)] = copy_numbers_and_macs_in(f"<{address.upper()}>")
    assert domain == "plp.example.be"
    assert len(local) <= 64
    assert number == 2847563
    assert is_signed_by_us(REFERENCE, signature) is True
    assert address == return_path(REFERENCE, "plp+*@plp.example.be")


def test_a_signature_is_of_one_copy_of_one_message() -> None:
    [(_, signature)] = copy_numbers_and_macs_in(return_path(REFERENCE, "*@bounces.example.be"))

    others = [REFERENCE.replace("p2847563", "p2847564"), reference_of(2847563, "f" * 32)]
    assert [is_signed_by_us(one, signature) for one in others] == [False, False]
    assert is_signed_by_us(REFERENCE, f"{int(signature, 16) ^ 1:020x}") is False


def test_a_mail_speaks_of_few_copies() -> None:
    assert len(copy_numbers_and_macs_in(" ".join(f"{n}-{n:020x}" for n in range(100)))) == 5
