"""Who signed a mail: what a recognised library signs is taken, whatever was touched after is not (T3)."""

import base64
import hashlib
import time

import dkim
import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from plp.sandbox.parsers.dkim import signing_domains
from tests.factories.mails import SELECTOR, Dns, record, signed, written
from tests.workload import work_of

DOMAIN = "example.org"
MAIL = written("Clara <clara@example.org>", "OK 4821\n\n>  a  quotation \t\n\n\n")
FORMS = (b"relaxed", b"simple")


def found(mail: bytes, dns: Dns | None = None, later: int = 0) -> set[str]:
    return signing_domains(mail, keys=dns or Dns(DOMAIN), now=int(time.time()) + later)


@pytest.mark.parametrize("head", FORMS)
@pytest.mark.parametrize("body", FORMS)
@pytest.mark.parametrize("mail", [MAIL, written("a@example.org", ""), written("a@example.org", "x\n.\nno end")[:-2]])
def test_what_a_library_signs_is_good_and_what_was_changed_is_not(head: bytes, body: bytes, mail: bytes) -> None:
    good = signed(mail, DOMAIN, canonicalize=(head, body))
    changed = [
        good.replace(b"From: ", b"From: x", 1),
        good + b"more\r\n",
        good.replace(b"Subject: ", b"Subject: not ", 1),
    ]

    assert dkim.verify(good, dnsfunc=lambda _name, timeout=5: record())
    assert found(good) == {DOMAIN}
    assert [found(one) for one in changed] == [set()] * 3


def test_a_signature_that_another_library_would_take_with_a_shrug_is_none() -> None:
    good = signed(MAIL, DOMAIN)
    small = signed(MAIL, DOMAIN, size=1024)

    assert found(signed(MAIL, DOMAIN, length=True)) == set()  # more could be added below
    assert found(signed(MAIL, DOMAIN, signature_algorithm=b"rsa-sha1")) == set()
    assert found(good, Dns("other.example")) == set()  # no key there
    assert found(good, later=-3600) == set()  # of the future
    for flags in ("t=y; ", "h=sha1; ", "s=tlsrpt; ", "k=rsa; ", "x; "):
        dns = Dns(DOMAIN)
        dns.records[f"{SELECTOR}._domainkey.{DOMAIN}"] = record(more=flags)
        assert found(good, dns) == set()
    for public in (b"v=DKIM1; p=", b"v=DKIM2; " + record()[10:], b"\xff", b"v=DKIM1; p=!!", record(1024)):
        dns = Dns(DOMAIN)
        dns.records[f"{SELECTOR}._domainkey.{DOMAIN}"] = public
        assert found(good, dns) == set()
    dns = Dns()
    dns.records[f"{SELECTOR}._domainkey.{DOMAIN}"] = record(1024)
    assert found(small, dns) == {DOMAIN}


@pytest.mark.parametrize(
    ("tag", "other"),
    [
        (b" s=s1;", b" s=s1.;"),
        (b" d=example.org;", b" d=example.org; i=clara@example.net;"),
        (b" d=example.org;", b" d=example.org; i=clara@badexample.org;"),
        (b" d=example.org;", b" d=example.org; q=http/get;"),
    ],
)
def test_for_names_that_do_not_fit_and_keys_elsewhere_nobody_is_asked(tag: bytes, other: bytes) -> None:
    good, dns = signed(MAIL, DOMAIN), Dns(DOMAIN)
    mail = good.replace(tag, other, 1)

    assert mail != good
    assert found(mail, dns) == set()
    assert dns.asked == []


HEADERS = st.lists(
    st.tuples(st.sampled_from(["Subject", "X-Note", "Date", "subject"]), st.text("ab \t;:=é", max_size=12)), max_size=4
)
LINES = st.lists(st.sampled_from([b"", b" ", b"\t", b"a", b"a  b ", b".", b"\xe9", b"=3D"]), max_size=8)


@given(
    headers=HEADERS,
    lines=LINES,
    forms=st.tuples(st.sampled_from(FORMS), st.sampled_from(FORMS)),
    bit=st.integers(0, 999),
)
@settings(max_examples=40, deadline=None)  # the other library signs in 9 ms
def test_it_takes_what_another_library_signs_and_nothing_that_this_one_refuses(
    headers: list[tuple[str, str]], lines: list[bytes], forms: tuple[bytes, bytes], bit: int
) -> None:
    fields = [b"From: a@example.org", *(f"{name}: {words}".encode() for name, words in headers)]
    mail = b"\r\n".join([*fields, b"", *lines, b""])  # as SMTP hands it over
    good = signed(mail, DOMAIN, canonicalize=forms)
    place = len(good) - 1 - bit % len(mail)  # behind the signature
    changed = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]

    assert found(good) == {DOMAIN}
    assert not found(changed) or is_good_elsewhere(changed)


def is_good_elsewhere(mail: bytes) -> bool:
    """Whether dkimpy takes the mail, or trips over it."""
    try:
        return bool(dkim.verify(mail, dnsfunc=lambda _name, timeout=5: record()))
    except (dkim.DKIMException, ValueError):
        return False


def by_hand(private: Ed25519PrivateKey) -> bytes:
    """The mail with a signature by the other kind of key (RFC 8463), which the library only makes with another one."""
    _head, _end, body = MAIL.partition(b"\r\n\r\n")
    whole = base64.b64encode(hashlib.sha256(body.rstrip(b"\r\n") + b"\r\n").digest())
    field = b"DKIM-Signature: v=1; a=ed25519-sha256; d=example.org; s=s1; h=from; bh=" + whole + b"; b="
    sender = next(line for line in MAIL.splitlines(keepends=True) if line.startswith(b"From:"))
    return field + base64.b64encode(private.sign(hashlib.sha256(sender + field).digest())) + b"\r\n" + MAIL


def test_a_signature_by_the_shorter_kind_of_key_is_good_until_a_letter_changes() -> None:
    private = Ed25519PrivateKey.generate()
    mail, dns = by_hand(private), Dns()
    public = base64.b64encode(private.public_key().public_bytes_raw())
    dns.records[f"{SELECTOR}._domainkey.{DOMAIN}"] = b"v=DKIM1; k=ed25519; p=" + public

    assert found(mail, dns) == {DOMAIN}
    assert found(mail.replace(b"Clara", b"Carla"), dns) == set()


def test_a_key_that_is_not_of_the_kind_it_is_said_to_be_signs_nothing() -> None:
    public = Ed25519PrivateKey.generate().public_key()
    content = public.public_bytes(form.Encoding.DER, form.PublicFormat.SubjectPublicKeyInfo)
    dns = Dns()
    dns.records[f"{SELECTOR}._domainkey.{DOMAIN}"] = b"v=DKIM1; k=rsa; p=" + base64.b64encode(content)

    assert found(signed(MAIL, DOMAIN), dns) == set()


def test_a_signature_of_another_domain_says_so() -> None:
    both = signed(signed(MAIL, DOMAIN), "evil.example")

    assert found(both, Dns(DOMAIN, "evil.example")) == {DOMAIN, "evil.example"}
    assert found(both, Dns("evil.example")) == {"evil.example"}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"no header\r\n\r\n",
        b"DKIM-Signature: \r\n\r\n",
        b"DKIM-Signature: v=1; v=1\r\n\r\n",
        b"DKIM-Signature: v=1; a=rsa-sha256; d=../../x; s=..; h=from; bh=; b=\r\n\r\n",
        b"DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s1; h=from; bh=AAAA; b=AAAA; t=9"
        + b"9" * 900
        + b"\r\n\r\n",
        b"DKIM-Signature: v=1;" + b" b=;" * 5000 + b"\r\n\r\n",
        b"A: b\r\n" * 100_000 + b"\r\n",
        bytes(range(256)) * 50,
    ],
)
def test_nonsense_is_not_signed_and_asks_nobody(raw: bytes) -> None:
    dns = Dns(DOMAIN)

    assert work_of(lambda: found(raw, dns)) < 1
    assert found(raw, dns) == set()
    assert dns.asked == []
