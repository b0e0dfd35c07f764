"""Every proof at the size of a trial: the machines that try to break us are kept in order, and find nothing.

Seconds are not judged here: a trial runs beside other tests, on any machine. ``./plp prove`` judges them.
"""

import importlib
import json
import os
import re
from typing import Any

import pytest

from plp.ops.environment import repository_root
from proof import catalogue, page_weights, report
from proof.catalogue import MOUNTING, POSTGRES, PROOFS, ROOT, SQLITE, Proof, missing_requirements
from proof.goals import GOALS
from proof.proofs import stop_words
from proof.result import Figure, ProofRequest, ProofResult, Size, result_as_json_text, result_from_json

DOCS = repository_root() / "docs"
HERE = POSTGRES if os.environ.get("PLP_DATABASE_URL") else SQLITE
ASKED = [proof for proof in PROOFS if HERE in proof.databases and proof.least == Size.TRIAL]


def trial(proof: Proof) -> Any:
    """The proof as a case, left out where this machine lacks what it needs."""
    without = missing_requirements(proof)
    is_lacking = bool(without)
    skip = pytest.mark.skipif(is_lacking, reason=f"without {' and '.join(without)}")
    return pytest.param(proof, id=proof.key, marks=skip)


@pytest.mark.crash
@pytest.mark.parametrize("proof", [trial(proof) for proof in ASKED])
def test_the_proof_holds_at_the_size_of_a_trial(proof: Proof) -> None:
    ask = ProofRequest(Size.TRIAL, seed=1, database=os.environ.get("PLP_DATABASE_URL", ""))

    found = importlib.import_module(f"proof.proofs.{proof.key}").prove(ask)

    assert found.n > 0
    assert [one for one in found.figures if not one.meets_bound(one.floor) and not one.is_time_or_rate] == []


@pytest.mark.crash
def test_a_stop_that_is_ignored_at_the_last_look_is_seen() -> None:
    ask = ProofRequest(Size.TRIAL, seed=1, database=os.environ.get("PLP_DATABASE_URL", ""))

    found = stop_words.prove(ask, workers="proof.harness.without_stop_check")

    assert [one.name for one in found.figures if not one.meets_bound(one.floor) and not one.is_time_or_rate] == [
        "sent after the stop, and not on the wire"
    ]


def test_the_page_says_what_is_kept_of_each_run() -> None:
    kept = report.read_kept_runs(DOCS / "proof.json")

    assert (DOCS / "proof.md").read_text(encoding="utf-8") == report.proof_report_markdown(kept)
    assert (DOCS / "pages.md").read_text(encoding="utf-8") == page_weights.page_weights_markdown(
        kept.get(report.WEIGHTS)
    )


def test_the_catalogue_names_known_things_once() -> None:
    named = [answer for proof in PROOFS for answer in proof.answers]

    assert len({proof.key for proof in PROOFS}) == len(PROOFS)
    assert all(re.fullmatch(r"[FGT]\d{1,2}", answer) for answer in named)
    assert {answer for answer in named if answer.startswith("G")} <= set(GOALS)


def test_what_a_proof_lacks_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    proof = Proof("some", "Some", (), needs=("no-such-program", "sh", ROOT, MOUNTING))
    monkeypatch.setattr(catalogue.os, "geteuid", lambda: 1000)
    catalogue.can_mount_disks.cache_clear()

    assert missing_requirements(proof) == [
        "the program no-such-program",
        "the rights of root",
        "the right to mount small disks",
    ]
    catalogue.can_mount_disks.cache_clear()


def test_a_figure_knows_its_bounds() -> None:
    found = ProofResult(
        3, "tries", (Figure("lost", 1, floor=1, goal=0), Figure("rate", 5, floor=4, goal=5, most=False))
    )

    assert found.meets_all_floors is True
    assert found.meets_all_goals is False
    assert report.verdict_word(found) == "floor"
    assert result_from_json(json.loads(result_as_json_text(found))) == found
