"""Every setting and every command is described, and nothing is described that does not exist."""

import re
from pathlib import Path

from plp.ops.cli import commands
from plp.ops.house import PACKAGE
from tests.guards.tree import ROOT

READERS = re.compile(
    r'read_(?:text|secret|number|switch|picture|sender|receivers)\(\s*"(PLP_\w+)"|read_key\(\s*"(PLP_\w+)"'
)
ELSEWHERE = {"PLP_TEST_STRICT", "PLP_DEBUG"}  # read by the launcher, the door and the tests, not by the settings


def settings_read(source: str) -> set[str]:
    """The names of the variables that settings.py reads; a key is given as a file."""
    return {plain or f"{key}_FILE" for plain, key in READERS.findall(source)}


def described(document: str, form: str) -> set[str]:
    """The names in the first column of the tables of a document."""
    return set(re.findall(rf"^\| `{form}`", document, flags=re.MULTILINE))


def read(name: str) -> str:
    """A document of docs/."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_every_setting_is_described() -> None:
    source = Path(PACKAGE, "server", "settings.py").read_text(encoding="utf-8")

    assert described(read("settings.md"), r"(PLP_\w+)") == settings_read(source) | ELSEWHERE


def test_every_command_is_described() -> None:
    assert described(read("commands.md"), r"\./plp ([\w-]+)[^`]*") == set(commands())


def test_the_readers_are_recognised() -> None:
    source = 'A = read_number("PLP_A", 1, low=0, high=2)\nB = read_key("PLP_B", size=3)\nC = os.environ["OTHER"]\n'

    assert settings_read(source) == {"PLP_A", "PLP_B_FILE"}
    assert described("| `PLP_A` | a |\nSee `PLP_C`.\n", r"(PLP_\w+)") == {"PLP_A"}
    assert described("| `./plp import addresses FILE` | a |\n", r"\./plp ([\w-]+)[^`]*") == {"import"}
