"""``./plp test``: its parts, and what their ends mean."""

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import IO

import pytest

from plp.ops.commands import check
from plp.ops.commands import test as command
from plp.ops.commands.test import FinishedTestPart
from plp.ops.environment import environment_with_throw_away_data_folder


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Three parts that end as told."""
    codes = {"check": 0, "SQLite": 0, "browser": 5}
    monkeypatch.setattr(command, "install_missing_test_programs", list)
    monkeypatch.setattr(
        command,
        "run_all_test_parts",
        lambda: (FinishedTestPart(name, code, 90.0, 60.0) for name, code in codes.items()),
    )
    return codes


def test_the_time_of_each_part_and_of_all_is_said(parts: dict[str, int], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(argparse.Namespace(rest=[])) == 0
    assert capsys.readouterr().err.splitlines() == [
        "",
        "  ok       90 s,     60 s of the processor  check",
        "  ok       90 s,     60 s of the processor  SQLite",
        "  ok       90 s,     60 s of the processor  browser",
        "test: 0.0 minutes in all, 3.0 of the processor.",
        "test: all passed.",
    ]


def test_what_is_missing_is_there_before_the_part_that_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    order: list[str] = []

    def parts() -> Iterator[FinishedTestPart]:
        done.set()
        yield FinishedTestPart("check", 0, 1, 1)
        order.append("SQLite")
        yield FinishedTestPart("SQLite", 0, 1, 1)

    def install() -> list[object]:
        done.wait()  # check has begun
        order.append("installed")
        return []

    monkeypatch.setattr(command, "install_missing_test_programs", install)
    monkeypatch.setattr(command, "run_all_test_parts", parts)

    assert command.run(argparse.Namespace(rest=[])) == 0
    assert order == ["installed", "SQLite"]


def test_one_failed_part_fails_the_whole_but_not_the_rest(
    parts: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    parts["check"] = 1

    assert command.run(argparse.Namespace(rest=[])) == 1
    said = capsys.readouterr().err
    assert [line.split()[0] for line in said.splitlines() if line.startswith("  ")] == ["FAIL", "ok", "ok"]
    assert said.splitlines()[-1] == "test: failed."


@pytest.mark.parametrize(("code", "failed"), [(0, False), (3, True), (5, False)])
def test_a_part_tells_its_end_and_its_processor_time(code: int, failed: bool) -> None:
    """Code 5 of pytest is a part without any test."""
    words = f"sum(range(2_000_000)); raise SystemExit({code})"

    ended = command.run_test_part("one", sys.executable, "-c", words)

    assert (ended.name, ended.code, ended.has_failed) == ("one", code, failed)
    assert ended.processor > 0


@pytest.mark.parametrize(("code", "answer"), [(0, 0), (1, 1), (4, 1), (-9, 1)])
def test_with_arguments_only_pytest_runs(code: int, answer: int, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, ...]] = []
    monkeypatch.setattr(command, "run_test_part", lambda *words: seen.append(words) or FinishedTestPart("", code, 0, 0))

    assert command.run(argparse.Namespace(rest=["tests/people", "-k", "consent"])) == answer
    assert seen == [("", *command.PYTEST, "tests/people", "-k", "consent")]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[tuple[str, ...], str]]:
    """What every part is started with, by its name; the trials say something."""
    seen: dict[str, tuple[tuple[str, ...], str]] = {}

    def took(name: str, *words: str, database: str = "", output: IO[bytes] | None = None) -> FinishedTestPart:
        seen[name] = (words, database)
        if output:
            output.write(f"{name}: said\n".encode())
        return FinishedTestPart(name, 0, 0, 0)

    @contextmanager
    def server() -> Iterator[str]:
        yield f"postgresql://{next(number)}"

    number = count()
    monkeypatch.setattr(command, "run_test_part", took)
    monkeypatch.setattr(command, "temporary_postgres", server)
    return seen


def test_the_guards_run_once_and_as_strictly(
    taken: dict[str, tuple[tuple[str, ...], str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLP_TEST_STRICT", "1")
    guards = next(step for step in check.all_check_steps() if step.name == "guards")
    list(command.run_all_test_parts())

    assert (guards.command[-1], guards.environment) == (check.GUARDS, {"PLP_TEST_STRICT": "1"})
    assert taken["SQLite"][0][-1] == f"--ignore={check.GUARDS}"


def test_what_was_sent_to_sqlite_chooses_what_is_sent_to_postgres(
    taken: dict[str, tuple[tuple[str, ...], str]],
) -> None:
    list(command.run_all_test_parts())

    places = {word for name in ("SQLite", "PostgreSQL") for word in taken[name][0] if "--statements=" in word}
    assert len(places) == 1


def test_what_waits_runs_beside_and_the_trials_on_a_server_of_their_own(
    taken: dict[str, tuple[tuple[str, ...], str]], capsys: pytest.CaptureFixture[str]
) -> None:
    names = [ended.name for ended in command.run_all_test_parts()]

    beside = ["SQLite, browser", "SQLite, trials", "PostgreSQL, trials"]
    assert names == ["check", "SQLite", "PostgreSQL", *beside]
    said = capsys.readouterr().err
    places = [said.index(words) for words in ("test: PostgreSQL", *(f"{name}: said" for name in beside))]
    assert places == sorted(places)
    addresses = [taken[name][1] for name in ("SQLite", "SQLite, trials", "PostgreSQL", "PostgreSQL, trials")]
    assert (addresses[:2], len(set(addresses))) == (["", ""], 3)


def test_what_is_compiled_is_kept_for_the_next_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    with environment_with_throw_away_data_folder() as environment:
        assert "PYTHONDONTWRITEBYTECODE" not in environment
