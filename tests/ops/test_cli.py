"""The one door: finding commands, explaining errors, exit codes."""

import argparse
import io
import subprocess
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError
from django.utils import translation
from psycopg.errors import DiskFull
from psycopg.errors import OperationalError as PostgresError

from plp.ops import cli, error_sentences
from plp.ops.environment import OWN_COMMAND, environment_with_throw_away_data_folder
from plp.ops.error_sentences import process_user_name
from plp.toolbox.moves import WrongState

BUILDING = {"bench", "check", "prove", "release", "seed", "test"}
OPERATING = set(cli.commands()) - BUILDING
OLDER = "plp: The database is not set up or is older than this version: run ./plp migrate.\n"
FULL = "plp: The disk is full: free some space where the data folder (PLP_HOME) or the database stands.\n"


def crammed() -> OperationalError:
    """As Django tells it of PostgreSQL."""
    error = OperationalError("could not extend file")
    error.__cause__ = DiskFull()
    return error


def unreachable() -> OperationalError:
    """As Django tells it of a PostgreSQL that gives no connection."""
    words = 'connection failed: connection to server at "127.0.0.1", port 5999 failed: Connection refused\n\tIs it?'
    error = OperationalError(words)
    error.__cause__ = PostgresError(words)
    return error


def listed(overview: str) -> set[str]:
    """The commands that stand in a list of them."""
    return {line.split()[0] for line in overview.splitlines() if line.startswith("  ")}


def test_alone_lists_every_command_with_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.run([])

    assert (code, listed(capsys.readouterr().out) & OPERATING) == (0, OPERATING)
    assert all(cli.commands().values())


def test_what_serves_to_build_stands_apart_in_a_checkout_and_not_in_a_release() -> None:
    above, below = cli.command_overview(is_checkout=True).split("To build plp itself:")

    assert (listed(above), listed(below)) == (OPERATING, BUILDING)
    assert listed(cli.command_overview(is_checkout=False)) == OPERATING


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands are two, whatever the folder holds."""
    monkeypatch.setattr(cli, "commands", lambda: {"serve": "", "import": ""})


def test_an_unknown_command_is_a_usage_error_with_a_hint(command: None, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.run(["srve"])

    assert (code, capsys.readouterr().err) == (2, "plp: There is no command 'srve'. Did you mean ./plp serve?\n")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (cli.Failed("Free some space."), "plp: Free some space.\n"),
        (
            PermissionError(13, "Permission denied", "/somewhere"),
            f"plp: /somewhere: Permission denied: give it to the user {process_user_name()} (chown), "
            "or start as its owner.\n",
        ),
        (OSError(28, "No space left on device"), "plp: The disk is full: free some space.\n"),
        (OSError(28, "No space", "/srv/x"), "plp: The disk is full: free some space where /srv/x stands.\n"),
        (
            WrongState(),
            "plp: This has already been done or can no longer be done. Reload the page to see where it stands.\n",
        ),
        (ProgrammingError('relation "x" does not exist'), OLDER),
        (OperationalError("no such table: people_person"), OLDER),
        (OperationalError("database or disk is full"), FULL),
        (crammed(), FULL),
        (
            OperationalError("database is locked"),
            "plp: The database cannot be reached or is busy: ./plp doctor says more.\n",
        ),
        (
            OperationalError("attempt to write a readonly database"),
            f"plp: {error_sentences.DATABASE_OF_OTHERS.format(user=process_user_name())}\n",
        ),
        (
            unreachable(),
            'plp: The database cannot be reached (connection to server at "127.0.0.1", port 5999 failed: Connection '
            "refused): is it running, and is PLP_DATABASE_URL right?\n",
        ),
        (ImproperlyConfigured("PLP_PORT must be a number."), "plp: PLP_PORT must be a number.\n"),
        (ValueError("Marie Dupont"), "plp: This stopped on an error that nobody foresaw (ValueError).\n"),
    ],
)
def test_an_error_is_one_sentence_without_personal_values(
    error: Exception, sentence: str, command: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(cli, "parse_options_and_run_command", fail)

    with translation.override("en"):
        code = cli.run(["serve"])

    said = capsys.readouterr().err.splitlines(keepends=True)
    assert (code, said[0]) == (1, sentence)
    assert not any("Traceback" in line for line in said)


@pytest.mark.parametrize(
    ("error", "is_offered"), [(ImproperlyConfigured("PLP_PORT must be a number."), False), (ValueError("x"), True)]
)
def test_only_what_nobody_foresaw_asks_to_be_looked_at(
    error: Exception, is_offered: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.print_error_and_return_exit_code(error)

    assert ("PLP_DEBUG=1" in capsys.readouterr().err) == is_offered


def test_debug_shows_the_traceback(
    command: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLP_DEBUG", "1")
    monkeypatch.setattr(cli, "parse_options_and_run_command", lambda *_: 1 // 0)

    code = cli.run(["serve"])

    assert code == 1
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_control_c_ends_with_130(command: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "parse_options_and_run_command", interrupt)

    assert cli.run(["serve"]) == 130


def test_a_keyword_carries_a_trailing_underscore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "plp" / "ops" / "commands"
    folder.mkdir(parents=True)
    (folder / "import_.py").write_text('"""Read a file."""\n')
    (folder / "check_text.py").write_text('"""Check a text.\n\nAnd more.\n"""\n')
    monkeypatch.setattr(cli, "ROOT", tmp_path)

    assert cli.commands() == {"check-text": "Check a text.", "import": "Read a file."}
    assert [cli.command_modules()[name] for name in cli.commands()] == [
        "plp.ops.commands.check_text",
        "plp.ops.commands.import_",
    ]


@pytest.mark.parametrize(
    ("line", "set_up"),
    [("NEEDS_DJANGO = False", False), ("NEEDS_DJANGO = False  # it starts receivers first", False), ("", True)],
)
def test_a_command_may_start_without_django(
    line: str, set_up: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[bool] = []
    folder = tmp_path / "plp" / "demo" / "commands"
    folder.mkdir(parents=True)
    (folder / "serve.py").write_text(f'"""Serve."""\n\n{line}\n')
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    monkeypatch.setattr(cli, "set_up_django", lambda: done.append(True))
    monkeypatch.setattr(cli.importlib, "import_module", lambda name: name)

    loaded = cli.import_command_module_with_django("serve")

    assert (loaded, bool(done)) == ("plp.demo.commands.serve", set_up)


def test_a_failure_is_recognised_however_the_door_was_opened(tmp_path: Path) -> None:
    with environment_with_throw_away_data_folder(PLP_PORT="none") as environment:
        ended = subprocess.run([*OWN_COMMAND, "queue"], env=environment, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stderr.startswith("plp: PLP_PORT must be a whole number from 1 to 65535, not 'none'.\n")


@pytest.mark.parametrize(("takes_rest", "rest"), [(True, ["-k", "consent"]), (False, None)])
def test_what_a_command_does_not_know_is_passed_on_where_it_says_so(
    monkeypatch: pytest.MonkeyPatch, takes_rest: bool, rest: list[str] | None
) -> None:
    seen: list[list[str] | None] = []

    class Module:
        TAKES_REST = takes_rest

        @staticmethod
        def add_arguments(_parser: object) -> None:
            """It has none."""

        @staticmethod
        def run(options: argparse.Namespace) -> int:
            seen.append(getattr(options, "rest", None))
            return 7

    monkeypatch.setattr(cli, "import_command_module_with_django", lambda _command: Module)

    assert cli.parse_options_and_run_command("serve", rest or []) == 7
    assert seen == [rest]


def test_a_terminal_without_accents_shows_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    class Plain:
        """A stream that cannot be told how to write."""

    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(cli.sys, "stdout", out)
    monkeypatch.setattr(cli.sys, "stderr", Plain())
    monkeypatch.setattr(cli, "run", lambda *_: print("Évere", file=out) or 0)

    assert cli.main() == 0
    out.seek(0)
    assert out.read() == "\\xc9vere\n"


def test_the_program_is_called_as_it_is_typed_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys) -> None:
    """In a checkout it lies in the folder; where a release is installed it is on the path."""
    cli.say("Run ./plp migrate.")
    monkeypatch.setenv("PATH", str(tmp_path))
    program = tmp_path / "plp"
    program.touch(mode=0o755)  # of another environment
    cli.say("Run ./plp migrate.")
    program.unlink()
    program.symlink_to(cli.WRAPPER)
    cli.say("Run ./plp migrate.")

    assert capsys.readouterr().err == "Run ./plp migrate.\nRun ./plp migrate.\nRun plp migrate.\n"
