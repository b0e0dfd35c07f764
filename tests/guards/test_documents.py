"""Every setting and every command is described, and nothing is described that does not exist."""

import importlib
import re
from pathlib import Path

from plp.ops.cli import commands
from plp.ops.environment import PACKAGE
from plp.server import setting_readers
from tests.guards import house_picture
from tests.guards.tree import ROOT


def described(document: str, form: str) -> set[str]:
    """The names in the first column of the tables of a document."""
    return set(re.findall(rf"^\| `{form}`", document, flags=re.MULTILINE))


def read(name: str) -> str:
    """A document of docs/."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def settings_read() -> set[str]:
    """Every variable that a start reads. Beside a secret its file is described once, for all."""
    importlib.import_module("plp.server.settings")
    return {
        name
        for name in setting_readers.NAMES
        if name.removesuffix("_FILE") not in setting_readers.NAMES or not name.endswith("_FILE")
    }


def test_every_setting_is_described() -> None:
    assert described(read("settings.md"), r"(PLP_\w+)") == settings_read()


def test_every_setting_passes_a_reader() -> None:
    """What another file takes from the environment is not checked, and a misspelt name is not told."""
    others = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in Path(PACKAGE).rglob("*.py")
        if path.name != "setting_readers.py"
        for name in re.findall(r"environ(?:\.get\(|\[)\"(PLP_\w+)\"", path.read_text(encoding="utf-8"))
        if name not in setting_readers.ELSEWHERE
    }

    assert others == {
        ("ops/cli.py", "PLP_LOG_FORMAT"),  # how an error is told when the settings could not be read
        ("demo/commands/demo.py", "PLP_HOME"),
        ("demo/commands/demo.py", "PLP_DATABASE_URL"),
        ("ops/release/services.py", "PLP_HOME"),  # root upgrades without the settings, which make keys
    }


def test_the_settings_as_shipped_are_known() -> None:
    lines = (ROOT / "deploy" / "plp.env").read_text(encoding="utf-8").splitlines()
    names = {line.removeprefix("#").partition("=")[0] for line in lines if re.match(r"#?PLP_\w+=", line)}

    assert names <= settings_read()


def test_every_command_is_described() -> None:
    assert described(read("commands.md"), r"\./plp ([\w-]+)[^`]*") == set(commands())


def test_what_is_described_is_recognised() -> None:
    assert described("| `PLP_A` | a |\nSee `PLP_C`.\n", r"(PLP_\w+)") == {"PLP_A"}
    assert described("| `./plp import addresses FILE` | a |\n", r"\./plp ([\w-]+)[^`]*") == {"import"}


def test_the_picture_of_the_house_is_made_from_its_imports() -> None:
    assert read("house.md") == house_picture.page(), "run .venv/bin/python -m tests.guards.house_picture"
