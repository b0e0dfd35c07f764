"""The command that checks the journal."""

import json
from uuid import UUID

import pytest

from plp.charter.queries import DamagedFile
from plp.journal.queries import Flaw, Verdict
from plp.ops.cli import run


def test_a_whole_journal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(
        "plp.ops.commands.verify_audit.verify_journal", lambda _: Verdict(entries=5, chains=2, flaws=())
    )
    monkeypatch.setattr("plp.ops.commands.verify_audit.damaged_files", list)

    code = run(["verify-audit", "--json"])

    printed = capsys.readouterr()
    assert (code, json.loads(printed.out)) == (0, {"entries": 5, "chains": 2, "flaws": [], "files": []})
    assert printed.err == "plp: 5 entries in 2 chains hold, and every signed file.\n"


@pytest.mark.parametrize("why", ["altered", "missing", "cut", "rewritten"])
def test_the_first_bad_entry_is_named(
    why: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    verdict = Verdict(entries=5, chains=2, flaws=(Flaw("be/z1/q-a/", 3, why),))
    monkeypatch.setattr("plp.ops.commands.verify_audit.verify_journal", lambda _: verdict)
    monkeypatch.setattr("plp.ops.commands.verify_audit.damaged_files", list)

    code = run(["verify-audit"])

    assert code == 1
    assert capsys.readouterr().err.startswith("plp: In chain be/z1/q-a/, entry 3 ")


def test_a_changed_file_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    key = UUID(int=7)
    monkeypatch.setattr(
        "plp.ops.commands.verify_audit.verify_journal", lambda _: Verdict(entries=5, chains=2, flaws=())
    )
    monkeypatch.setattr("plp.ops.commands.verify_audit.damaged_files", lambda: [DamagedFile(key, "altered")])

    code = run(["verify-audit"])

    assert code == 1
    assert f"The stored file {key} was changed after it was written." in capsys.readouterr().err
