"""The recipes of docs/recipes.md, read from the page and laid over a copy of the repository."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from plp.ops.environment import PACKAGE
from tests.guards.tree import ROOT, tracked

PAGE = ROOT / "docs" / "recipes.md"
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
BLOCK = re.compile(
    r"^\*\*`(?P<path>[^`]+)`\*\*, (?P<where>.+?):\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
WORDS = re.compile(r"^\| English \| fr \| nl \| de \|\n\|[-|]+\|\n((?:\|.*\|\n)+)", re.MULTILINE)
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COUNTED = re.compile(r"^\| \[(.+?)\]\(#.+?\) \| (\d+)(?: \(.+\))? \|$", re.MULTILINE)
LANGUAGE = re.compile(r"\.(fr|nl|de|en)\.md$")
CATALOGUES = "src/plp/locale/{}/LC_MESSAGES/django.po"


@dataclass(frozen=True)
class Change:
    """A file that a recipe writes: whole, or a text put beside a line of it."""

    path: str
    where: str
    text: str

    def apply(self, root: Path) -> None:
        """Make the change below ``root``. Raises ``AssertionError`` where the line is not there once."""
        path = root / self.path
        if self.where == "new":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text, encoding="utf-8")
            return
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(self._changed(lines)), encoding="utf-8")

    def _changed(self, lines: list[str]) -> list[str]:
        if self.where == "before its last line":
            return [*lines[:-1], self.text, lines[-1]]
        anchor = re.search(r"`(.+?)`(?: |$|\))", self.where + " ")
        assert anchor is not None, self.where
        begins = "begins with" in self.where
        found = [
            place
            for place, line in enumerate(lines)
            if (line.startswith(anchor[1]) if begins else line.rstrip("\n") == anchor[1])
        ]
        assert found, f"{self.path} has no line {anchor[1]!r}"
        cut = found[0] if self.where.startswith("instead of") else found[0] + 1
        return [*lines[:cut], self.text, *lines[found[0] + 1 :]]


@dataclass(frozen=True)
class Recipe:
    """One recipe of the page."""

    name: str
    changes: list[Change]
    words: list[tuple[str, ...]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    @property
    def files(self) -> set[str]:
        """What it touches: a text in its languages is one, the catalogues are one."""
        written = {LANGUAGE.sub(".md", change.path) for change in self.changes}
        made = {"docs/words.md"} if any("wording.page" in command for command in self.commands) else set()
        return written | made | ({CATALOGUES} if self.words else set())

    def apply(self, root: Path) -> None:
        """Make every change below ``root``."""
        for change in self.changes:
            change.apply(root)
        for place, language in enumerate(("fr", "nl", "de"), 1):
            catalogue = root / CATALOGUES.format(language)
            entries = [f'\nmsgid "{words[0]}"\nmsgstr "{words[place]}"\n' for words in self.words]
            catalogue.write_text(catalogue.read_text(encoding="utf-8") + "".join(entries), encoding="utf-8")

    def run(self, root: Path, environment: dict[str, str]) -> list[str]:
        """What went wrong when its commands were run below ``root``."""
        python = [sys.executable, "-m"]
        return [
            f"{command}\n{done.stdout[-3000:]}{done.stderr[-2000:]}"
            for command in self.commands
            if (
                done := subprocess.run(
                    [*python, *_words(command)], cwd=root, env=environment, capture_output=True, text=True, check=False
                )
            ).returncode
        ]


def _words(command: str) -> list[str]:
    """What Python is asked to run for a line of the page."""
    words = re.findall(r'"([^"]*)"|(\S+)', command)
    plain = [quoted or bare for quoted, bare in words]
    return ["pytest", "-q", "-x", "-p", "no:cacheprovider", *plain[2:]] if plain[:2] == ["./plp", "test"] else plain[2:]


def recipes() -> Iterator[Recipe]:
    """Every recipe of the page."""
    _, *parts = HEADING.split(PAGE.read_text(encoding="utf-8"))
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        table = WORDS.search(body)
        rows = table[1].splitlines() if table else []
        yield Recipe(
            name,
            [Change(block["path"], block["where"], block["text"]) for block in BLOCK.finditer(body)],
            [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows],
            [line for block in COMMANDS.findall(body) for line in block.splitlines()],
        )


def promised() -> dict[str, int]:
    """How many files each recipe says that it touches."""
    return {name: int(count) for name, count in COUNTED.findall(PAGE.read_text(encoding="utf-8"))}


def copied(root: Path) -> Path:
    """A copy of the repository below ``root``, with its package as it was compiled: what a recipe changes is newer."""
    package = PACKAGE.relative_to(ROOT)
    compiled = [path for name in ("*.pyc", "*.mo") for path in PACKAGE.rglob(name)]
    for path in (*tracked(), *compiled):
        target = root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        if target.is_relative_to(root / package):
            times = path.stat()
            os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))
    return root


def announce(root: Path) -> None:
    """Write what an installation would: the entry points of ``pyproject.toml``, for the copy to be found first."""
    points = re.search(
        r'^\[project\.entry-points\."plp\.channels"\]\n(.*?)\n\n', (root / "pyproject.toml").read_text(), re.M | re.S
    )
    assert points is not None
    folder = root / "src" / "plp-0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: plp\nVersion: 0.0.0\n")
    (folder / "entry_points.txt").write_text("[plp.channels]\n" + points[1].replace('"', "") + "\n")
