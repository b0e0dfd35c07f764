"""The command that tries to break each promise: quick runs stand side by side and leave the documents alone."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from plp.ops.cli import FAILURE, SUCCESS, Failed
from plp.ops.commands import prove
from plp.ops.environment import repository_root
from proof import report
from proof.catalogue import Proof


def asked(*keys: str, **more: Any) -> argparse.Namespace:
    return argparse.Namespace(
        **{"json": None, "quick": True, "floors": False, "only": keys, "rest": False, "seed": 1} | more
    )


def test_a_quick_run_answers_for_each_proof_and_writes_no_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = repository_root() / "docs" / "proof.md"
    before, told = page.read_bytes(), tmp_path / "told.json"

    assert prove.run(asked("asvs", "ssrf", json=told)) == SUCCESS

    found = json.loads(told.read_text())
    assert {(name, one["size"], one["holds"]) for name, one in found.items()} == {
        ("asvs (SQLite)", "quick", True),
        ("ssrf (SQLite)", "quick", True),
    }
    assert page.read_bytes() == before
    assert "prove: 2 of 2 hold." in capsys.readouterr().err


def test_a_proof_that_ends_without_an_answer_counts_as_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prove, "QUICK_SECONDS", 0)

    assert prove.run(asked("asvs")) == FAILURE

    said = capsys.readouterr().err
    assert "asvs did not end within 0 s." in said
    assert "prove: 0 of 1 hold: not asvs (SQLite)" in said


def test_the_rest_leaves_out_what_held_on_this_very_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    held = {"size": "quick", "seed": 1, "holds": True, "code": report.digest_of_code(repository_root())}
    monkeypatch.setattr(
        report, "read_kept_runs", lambda _file: {"asvs (SQLite)": held | {"seed": 2}, "ssrf (SQLite)": held}
    )

    assert prove.run(asked("asvs", "ssrf", rest=True)) == SUCCESS

    said = capsys.readouterr().err
    assert "prove: 1 of 2 held on this code already." in said
    assert "prove: 1 of 1 hold." in said


def test_a_proof_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(Failed, match=r"There is no such proof\. There are: speed, kills, "):
        prove.run(asked("nonsense"))


def test_long_proofs_of_a_quick_run_begin_first_and_beside_short_ones() -> None:
    runs = [(Proof(str(minutes), "", (), minutes=minutes), "") for minutes in (30, 90, 60, 120, 45)]

    assert [proof.minutes for proof, _ in prove._interleave_long_and_short(runs)] == [120, 45, 90, 30, 60]
