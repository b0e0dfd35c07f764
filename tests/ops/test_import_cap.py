"""./plp import cap: drafts, or one sentence that says why not."""

import json
from pathlib import Path

import pytest

from plp.notices.models import Notice
from plp.ops import cli
from plp.toolbox import clock
from tests.alerts.capfiles import official
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    Cast()


def written(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "alert.cap"
    path.write_bytes(content)
    return str(path)


def test_an_alert_becomes_drafts_and_a_second_time_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, official())

    first = cli.run(["import", "cap", file, "--json"])
    figures, words = capsys.readouterr()
    again = cli.run(["import", "cap", file, "--json"])
    repeated, reason = capsys.readouterr()

    done = [(one["partnership"], one["outcome"]) for one in json.loads(figures)["drafts"]]
    assert (first, done) == (0, [("haren", "drafted"), ("laeken", "drafted")])
    assert "Nothing was sent" in words
    assert (again, json.loads(repeated)["drafts"]) == (1, [])
    assert "has been read before" in reason
    assert Notice.objects.count() == 2


def test_a_hostile_or_missing_file_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = cli.run(["import", "cap", written(tmp_path, b"<!DOCTYPE a><a/>")])
    words = capsys.readouterr().err
    missing = cli.run(["import", "cap", str(tmp_path / "nothing.cap")])

    assert (hostile, missing) == (1, 1)
    assert "declarations that no official alert needs" in words
    assert "Give the path of a CAP file" in capsys.readouterr().err


def test_figures_go_to_a_file_where_one_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = tmp_path / "figures.json"

    code = cli.run(["import", "cap", written(tmp_path, official()), "--json", str(figures)])

    assert (code, capsys.readouterr().out) == (0, "")
    assert len(json.loads(figures.read_text(encoding="utf-8"))["drafts"]) == 2
