"""The proof of parsers at its smallest: one parser fuzzed, and the files that hurt answered in words."""

import pytest

from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.refusals import TooHeavy
from proof.probes import hostile_files
from proof.proofs.parsers import fuzz_parser

LIGHT = {"far-XFD1048576.xlsx", "far.ods", "liar.xlsx", "entities.xlsx", "two.xls", "polyglot.csv", "nested.zip"}


def outcome(parser: str, content: bytes, **options: object) -> str:
    """What a parser makes of a file, in a word."""
    try:
        parse_in_sandbox(parser, content, **options)
    except Rejected as rejected:
        return rejected.key
    except TooHeavy:
        return "too_heavy"
    return "read"


def test_one_parser_takes_what_a_fuzzer_thinks_of() -> None:
    pytest.importorskip("atheris", reason="runs on Linux with x86 alone")

    done = fuzz_parser("json", 200, seed=1)

    assert done.inputs >= 200
    assert done.finds == []
    assert done.peak <= 256


def test_lists_that_hurt_are_answered() -> None:
    found = {
        name: outcome("tables:read_rows", content, most_rows=99)
        for name, content in hostile_files.hostile_member_lists()
        if name in LIGHT
    }

    assert found == {
        "far-XFD1048576.xlsx": "read",
        "far.ods": "read",
        "liar.xlsx": "unreadable",
        "entities.xlsx": "unreadable",
        "nested.zip": "unreadable",
        "two.xls": "unreadable",
        "polyglot.csv": "read",
    }


def test_alerts_and_mails_that_hurt_are_answered() -> None:
    alerts = {outcome("xml:read_tree", content) for _name, content in hostile_files.hostile_alerts()}
    mails = {outcome("mails:read_reply", content[:200_000], now=0) for _name, content in hostile_files.hostile_mails()}

    assert alerts == {"unsafe", "unreadable", "too_big", "read"}
    assert mails == {"read"}
