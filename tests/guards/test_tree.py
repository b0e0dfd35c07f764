"""Each room introduces itself, what comes from elsewhere is named, and nothing is left for later."""

import ast
import re
from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from plp.ops.environment import PACKAGE
from tests.guards.tree import ROOT, layers, rooms, sources, tracked

FOREIGN = ("vendor", "fonts", "data")  # folders of things made by others: their README names each, and its licence
WORDS = {".py", ".html", ".css", ".js", ".sh", ".md", ".typ", ".toml", ""}

# Each pattern holds one letter in brackets, so that this file does not hold what it looks for.
LATER = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b")
BARE_SKIP = re.compile(r"\bpytest\.ski[p]\(\)|mark\.ski[p](?:if)?\b(?!\([^)]*reason)")
BARE_EXCUSE = re.compile(r"# noq[a](?!: [A-Z]+\d)|# type: ignor[e](?!\[)")
INDEX = re.compile(r"pypi\.or[g]|pythonhosted\.or[g]|registry\.npmj[s]|deb\.debian\.or[g]|--(extra-)?index-ur[l]")
MACHINE = re.compile(r"(^|[^\w.])/(wor[k]|far[m]|roo[t]|hom[e]/[a-z]+)/", re.MULTILINE)


def lines_with(pattern: re.Pattern[str], paths: Iterable[Path], root: Path) -> list[str]:
    """The places where ``pattern`` occurs, as ``file:line``."""
    found = []
    for path in paths:
        if path.suffix in WORDS and "vendor" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace")
            place = path.relative_to(root)
            found += [f"{place}:{text.count(chr(10), 0, hit.start()) + 1}" for hit in pattern.finditer(text)]
    return found


def unnamed(folder: Path) -> list[str]:
    """Files of foreign folders below ``folder`` that the README beside them does not name, or names no licence for."""
    found = []
    for home in sorted(path for name in FOREIGN for path in folder.rglob(name) if path.is_dir()):
        readme = home / "README.md"
        told = readme.read_text(encoding="utf-8") if readme.is_file() else ""
        found += [] if "icen" in told else [f"{home.relative_to(folder)}: no licence in README.md"]
        things = [
            path for path in home.iterdir() if path.suffix not in {".md", ".py", ".txt"} and path.name[0] not in "._"
        ]
        found += [f"{path.relative_to(folder)}: not in README.md" for path in sorted(things) if path.name not in told]
    return found


def test_every_file_has_a_plain_name() -> None:
    names = [str(path.relative_to(ROOT)) for path in tracked()]

    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9_./@+-]+", name)] == []


def test_every_room_introduces_itself() -> None:
    assert [room.name for room in rooms() if not (room / "README.md").is_file()] == []


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room.name for room in rooms()} <= set().union(*layers())


def test_the_newest_entry_of_the_changelog_is_the_version() -> None:
    newest = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert newest is not None
    assert version("plp") == newest[1]


def test_what_comes_from_elsewhere_is_named_with_its_licence() -> None:
    assert unnamed(PACKAGE) == []


def test_nothing_is_left_for_later_and_every_excuse_has_a_reason() -> None:
    assert lines_with(LATER, tracked(), ROOT) == []
    assert lines_with(BARE_SKIP, tracked(), ROOT) == []
    assert lines_with(BARE_EXCUSE, tracked(), ROOT) == []


def test_the_repository_names_no_package_index_and_no_machine() -> None:
    assert lines_with(INDEX, [path for path in tracked() if path.suffix != ".lock"], ROOT) == []
    assert [path.name for path in tracked() if path.name in {"uv.lock", "pylock.toml", "package-lock.json"}] == []
    assert lines_with(MACHINE, tracked(), ROOT) == []


def test_locks_name_hashes_and_no_address() -> None:
    locks = [path for path in tracked() if path.suffix == ".lock"]

    assert len(locks) == 3
    assert [path.name for path in locks if "://" in path.read_text(encoding="utf-8")] == []
    assert [path.name for path in locks if "--hash=sha256:" not in path.read_text(encoding="utf-8")] == []


def test_bad_trees_are_found(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "thing.js").write_text("")
    bad = tmp_path / "bad.py"
    bad.write_text("\n".join([f"a = 1  # TOD{'O'}", f"b = c  # noq{'a'}", f"@pytest.mark.ski{'p'}", "def d(): ..."]))
    address = tmp_path / "bad.md"
    address.write_text(f"See pypi.or{'g'}, or /wor{'k'}/here\n")

    assert unnamed(tmp_path) == ["vendor: no licence in README.md", "vendor/thing.js: not in README.md"]
    assert lines_with(LATER, [bad], tmp_path) == ["bad.py:1"]
    assert lines_with(BARE_EXCUSE, [bad], tmp_path) == ["bad.py:2"]
    assert lines_with(BARE_SKIP, [bad], tmp_path) == ["bad.py:3"]
    assert lines_with(INDEX, [address], tmp_path) == ["bad.md:1"]
    assert lines_with(MACHINE, [address], tmp_path) == ["bad.md:1"]


def missing_imports_in(folder: Path) -> list[str]:
    """Names that are taken from our modules and that these do not hold: a program that is seldom run breaks unseen."""
    return [
        f"{path.relative_to(folder)}:{node.lineno}: {node.module}.{alias.name}"
        for path, tree in sources(folder, "**/*.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] in {"plp", "proof"}
        for alias in node.names
        if not _holds(node.module, alias.name)
    ]


def _holds(module: str, name: str) -> bool:
    holder = import_module(module)
    return hasattr(holder, name) or (hasattr(holder, "__path__") and find_spec(f"{module}.{name}") is not None)


@pytest.mark.parametrize("folder", ["proof", "bench"])
def test_what_is_imported_exists(folder: str) -> None:
    assert missing_imports_in(ROOT / folder) == []


def test_a_missing_import_is_found(tmp_path: Path) -> None:
    (tmp_path / "probe.py").write_text("from plp.ops.environment import PACKAGE, NOWHERE\n")

    assert missing_imports_in(tmp_path) == ["probe.py:1: plp.ops.environment.NOWHERE"]
