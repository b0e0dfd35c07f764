"""What a bare machine lacks: installed by root after saying so, else named."""

import subprocess

import pytest

from plp.ops import test_programs
from plp.ops.cli import Failed


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A machine without chromium; the commands that were run on it."""
    there = {need.program for need in test_programs.NEEDS} - {"chromium"} | {"apt-get"}
    calls: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        there.add("chromium")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(test_programs, "find_program", lambda name: name if name in there else None)
    monkeypatch.setattr(test_programs.subprocess, "run", run)
    return calls


def test_root_installs_after_saying_so(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(test_programs.os, "geteuid", lambda: 0)

    assert test_programs.install_missing_test_programs() == []
    assert [call[2] for call in bare] == ["update", "install"]
    assert bare[1][-1] == "chromium"
    assert "lacks chromium: installing" in capsys.readouterr().err


def test_others_are_told_the_line_and_what_is_left_out(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(test_programs.os, "geteuid", lambda: 1000)

    lacking = test_programs.install_missing_test_programs()

    assert ([need.program for need in lacking], bare) == (["chromium"], [])
    assert capsys.readouterr().err.splitlines() == [
        "test: This machine lacks chromium. To have every test, type: "
        "sudo apt-get install --no-install-recommends chromium",
        "test: left out for want of chromium: pages in a browser (marker browser)",
    ]


def test_apt_that_fails_is_one_sentence(bare: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    failed = subprocess.CompletedProcess([], 100, "", "E: Unable to fetch some archives\n")
    monkeypatch.setattr(test_programs.os, "geteuid", lambda: 0)
    monkeypatch.setattr(test_programs.subprocess, "run", lambda *_, **__: failed)

    with pytest.raises(Failed, match="apt-get update did not work: E: Unable to fetch some archives"):
        test_programs.install_missing_test_programs()


def test_a_machine_that_has_everything_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(test_programs, "missing_test_programs", list)

    assert test_programs.install_missing_test_programs() == []
    assert capsys.readouterr().err == ""
