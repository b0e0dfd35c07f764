"""A mail made to hold up its reader costs little; one that is not like mails are is not read."""

import pytest

from plp.sandbox.parsers import dkim
from plp.sandbox.parsers.mails import LONGEST_FIELD, MOST_FIELDS, read_reply
from tests.workload import work_of

HEAD = b"From: Clara <clara@example.org>\r\nSubject: OK\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"X: y\r\n" * (MOST_FIELDS + 1),
        b"To: " + b"a@x.test, " * (LONGEST_FIELD // 10 + 1) + b"\r\n",
        b"X: y\r\n" + b" y\r\n" * LONGEST_FIELD,
        b"Content-Type: text/plain; " + b"a*0=b; " * 25_000 + b"\r\n",
    ],
)
def test_a_head_longer_than_heads_are_is_not_read(head: bytes) -> None:
    assert work_of(lambda: read_reply(HEAD + head + b"\r\nOK 4821", now=0)) < 0.5
    assert read_reply(HEAD + head + b"\r\nOK 4821", now=0) is None


@pytest.mark.parametrize("flood", [b"\r\n" * 90_000, b"Subject: x\r\n" + b" x\r\n" * 45_000 + b"\r\nwords"])
def test_signatures_over_floods_of_lines_cost_little(flood: bytes) -> None:
    signature = b"DKIM-Signature: v=1; d=example.org; s=a; h=from; bh=; b=; a=rsa-sha256\r\n"

    assert work_of(lambda: dkim.signing_domains(signature + HEAD + flood, keys=lambda _name: None, now=0)) < 0.5
