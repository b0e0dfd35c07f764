"""``./plp test``: its parts, and what their ends mean."""

import argparse
from itertools import islice

import pytest

from plp.ops.commands import check
from plp.ops.commands import test as command
from plp.ops.house import clean_environment


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Five parts that end as told."""
    codes = {"check": 0, "SQLite": 0, "browser": 5}
    monkeypatch.setattr(command, "provide", list)
    monkeypatch.setattr(
        command, "everything", lambda: (command.timed(name, lambda name=name: codes[name]) for name in list(codes))
    )
    return codes


def test_a_part_without_tests_has_not_failed(parts: dict[str, int], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(argparse.Namespace(rest=[])) == 0
    assert capsys.readouterr().err.splitlines()[-1] == "test: all passed."


def test_one_failed_part_fails_the_whole_but_not_the_rest(
    parts: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    parts["check"] = 1

    assert command.run(argparse.Namespace(rest=[])) == 1
    said = capsys.readouterr().err
    assert said.count("test: browser") == 1
    assert [line.split()[0] for line in said.splitlines() if line.startswith("  ")] == ["FAIL", "ok", "ok"]


@pytest.mark.parametrize(("code", "answer"), [(0, 0), (1, 1), (4, 1)])
def test_with_arguments_only_pytest_runs(code: int, answer: int, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, ...]] = []
    monkeypatch.setattr(command, "pytest", lambda *arguments: seen.append(arguments) or code)

    assert command.run(argparse.Namespace(rest=["tests/people", "-k", "consent"])) == answer
    assert seen == [("tests/people", "-k", "consent")]


def test_the_guards_run_once_and_as_strictly(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, ...]] = []
    monkeypatch.setenv("PLP_TEST_STRICT", "1")
    monkeypatch.setattr(check, "run", lambda options: 0)
    monkeypatch.setattr(command, "pytest", lambda *arguments: seen.append(arguments) or 0)
    guards = next(step for step in check.steps() if step.name == "guards")

    names = [name for name, _seconds, _code in islice(command.everything(), 2)]

    assert (guards.command[-1], guards.environment) == (check.GUARDS, {"PLP_TEST_STRICT": "1"})
    assert names == ["check", "SQLite"]
    assert seen == [("-q", *command.TOGETHER, f"--ignore={check.GUARDS}")]


def test_what_is_compiled_is_kept_for_the_next_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    with clean_environment() as environment:
        assert "PYTHONDONTWRITEBYTECODE" not in environment
