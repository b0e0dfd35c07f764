"""The one door: finding commands, explaining errors, exit codes."""

import subprocess
from pathlib import Path

import pytest

from plp.ops import cli
from plp.ops.house import OWN_COMMAND, clean_environment


def test_alone_lists_every_command_with_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.run([])

    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")}
    assert (code, listed) == (0, set(cli.commands()))
    assert all(cli.commands().values())


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
        (PermissionError(13, "Permission denied", "/somewhere"), "plp: /somewhere: Permission denied.\n"),
        (ValueError("Marie Dupont"), "plp: This stopped on an error that nobody foresaw (ValueError).\n"),
    ],
)
def test_an_error_is_one_sentence_without_personal_values(
    error: Exception, sentence: str, command: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(cli, "execute", fail)

    code = cli.run(["serve"])

    said = capsys.readouterr().err.splitlines(keepends=True)
    assert (code, said[0]) == (1, sentence)
    assert not any("Traceback" in line for line in said)


def test_debug_shows_the_traceback(
    command: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLP_DEBUG", "1")
    monkeypatch.setattr(cli, "execute", lambda *_: 1 // 0)

    code = cli.run(["serve"])

    assert code == 1
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_control_c_ends_with_130(command: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "execute", interrupt)

    assert cli.run(["serve"]) == 130


def test_a_keyword_carries_a_trailing_underscore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "import_.py").write_text('"""Read a file."""\n')
    (tmp_path / "check_text.py").write_text('"""Check a text.\n\nAnd more.\n"""\n')
    monkeypatch.setattr(cli, "FOLDER", tmp_path)

    assert cli.commands() == {"check-text": "Check a text.", "import": "Read a file."}
    assert [cli.module_of(name) for name in cli.commands()] == ["check_text", "import_"]


@pytest.mark.parametrize(
    ("line", "set_up"),
    [("NEEDS_DJANGO = False", False), ("NEEDS_DJANGO = False  # it starts receivers first", False), ("", True)],
)
def test_a_command_may_start_without_django(
    line: str, set_up: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[bool] = []
    (tmp_path / "serve.py").write_text(f'"""Serve."""\n\n{line}\n')
    monkeypatch.setattr(cli, "FOLDER", tmp_path)
    monkeypatch.setattr(cli, "set_django_up", lambda: done.append(True))
    monkeypatch.setattr(cli.importlib, "import_module", lambda name: name)

    loaded = cli.load("serve")

    assert (loaded, bool(done)) == ("plp.ops.commands.serve", set_up)


def test_a_failure_is_recognised_however_the_door_was_opened(tmp_path: Path) -> None:
    with clean_environment(PLP_PORT="none") as environment:
        ended = subprocess.run([*OWN_COMMAND, "queue"], env=environment, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stderr.startswith("plp: PLP_PORT must be a whole number from 1 to 65535, not 'none'.\n")
