"""A name says what the thing is: no empty local, no class name used twice, no module named by a gerund.

What stood before these rules is listed in ``names.toml``. The list only shrinks: a line that is no longer needed fails
too. ``.venv/bin/python -m tests.guards.test_names`` takes out what is gone; it adds nothing.
"""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from plp.ops.environment import PACKAGE
from tests.guards.tree import tree_of

# A local carries the noun: ``notice``, ``contacts``, ``first_due_time``.
EMPTY = set("one found told known given made some said asked kept left rest whole thing".split())

# Nouns that end like a gerund, and standard terms.
NOUNS = set("evening housekeeping keyring listing meeting rating routing sighting wording".split())

LISTED = Path(__file__).with_name("names.toml")


def bound(tree: ast.AST) -> Iterator[str]:
    """Every name that a file gives to a value: locals, arguments, and what a match, an import or a handler binds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname


def classes(tree: ast.Module) -> Iterator[str]:
    """The classes of a file. One inside another says whose it is: ``Notice.Kind``."""
    return (node.name for node in tree.body if isinstance(node, ast.ClassDef))


def area(path: Path, package: Path) -> str:
    """The room of a file; in the portal its subject."""
    folders = path.relative_to(package).parts[:-1]
    return "/".join(folders[:3] if folders[:2] == ("portal", "subjects") else folders[:1])


def files(package: Path) -> list[tuple[Path, ast.Module]]:
    """The Python files of the package with their syntax trees, migrations left out."""
    paths = sorted(path for path in package.rglob("*.py") if "migrations" not in path.parts)
    return [(path, tree_of(path)) for path in paths]


def empty_locals(trees: Iterable[tuple[Path, ast.Module]], package: Path) -> set[str]:
    """``room: name`` for each empty name that a room binds."""
    return {f"{area(path, package)}: {name}" for path, tree in trees for name in EMPTY.intersection(bound(tree))}


def repeated_classes(trees: Iterable[tuple[Path, ast.Module]]) -> set[str]:
    """The class names that more than one place in the house uses."""
    counts = Counter(name for _path, tree in trees for name in classes(tree))
    return {name for name, count in counts.items() if count > 1}


def gerunds(trees: Iterable[tuple[Path, ast.Module]], package: Path) -> set[str]:
    """The modules, and folders of modules, that are named for doing something instead of for what they hold."""
    places = [path.relative_to(package).with_suffix("") for path, _tree in trees]
    names = {place.parent if place.name == "__init__" else place for place in places}
    return {place.as_posix() for place in names if place.name.endswith("ing") and place.name not in NOUNS}


def differences(found: set[str], listed: list[str]) -> list[str]:
    """What is new, what is no longer there, and what stands twice in the list."""
    new = [f"new, give it a better name: {entry}" for entry in sorted(found.difference(listed))]
    gone = [f"gone, take the line out of names.toml: {entry}" for entry in sorted(set(listed).difference(found))]
    return new + gone + [f"twice in names.toml: {entry}" for entry, count in Counter(listed).items() if count > 1]


def listed() -> dict[str, list[str]]:
    """What stood before the rules."""
    return tomllib.loads(LISTED.read_text(encoding="utf-8"))


def present() -> dict[str, set[str]]:
    """What the house holds against the rules, under the keys of ``names.toml``."""
    trees = files(PACKAGE)
    return {
        "locals": empty_locals(trees, PACKAGE),
        "classes": repeated_classes(trees),
        "modules": gerunds(trees, PACKAGE),
    }


def take_out_what_is_gone() -> None:
    """Rewrite ``names.toml`` without the lines that are no longer needed."""
    needed = {entry for entries in present().values() for entry in entries}
    lines = LISTED.read_text(encoding="utf-8").splitlines(keepends=True)
    entries = [line for line in lines if not line.startswith('    "') or line.strip(' ",\n') in needed]
    LISTED.write_text("".join(entries), encoding="utf-8")


def test_locals_carry_the_noun() -> None:
    assert differences(empty_locals(files(PACKAGE), PACKAGE), listed()["locals"]) == []


def test_a_class_name_is_used_once() -> None:
    assert differences(repeated_classes(files(PACKAGE)), listed()["classes"]) == []


def test_modules_are_nouns() -> None:
    assert differences(gerunds(files(PACKAGE), PACKAGE), listed()["modules"]) == []


def test_bad_names_are_found(tmp_path: Path) -> None:
    sources = {
        "charter/telling.py": "class Row:\n    class Kind: ...\ndef read(known): ...\n",
        "portal/subjects/idea/meeting.py": "class Row:\n    class Kind: ...\nfor one in rows: ...\n",
        "places/reading/__init__.py": "import os as found\nname = 1\n",
    }
    for name, source in sources.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source)
    trees = files(tmp_path)

    assert empty_locals(trees, tmp_path) == {"charter: known", "portal/subjects/idea: one", "places: found"}
    assert repeated_classes(trees) == {"Row"}
    assert gerunds(trees, tmp_path) == {"charter/telling", "places/reading"}
    assert differences({"a", "b"}, ["b", "c"]) == [
        "new, give it a better name: a",
        "gone, take the line out of names.toml: c",
    ]


if __name__ == "__main__":
    take_out_what_is_gone()
