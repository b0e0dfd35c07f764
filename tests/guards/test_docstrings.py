"""A docstring names what exists: a class where it says what is raised, and a name of the room or file it names."""

import ast
import builtins
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from plp.ops.environment import PACKAGE
from tests.guards.test_names import files

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
RAISES = re.compile(r"[Rr]aises?((?:[\s,]+(?:or |and )?``[A-Z]\w+``)+)")
DOTTED = re.compile(r"``(?!server)([a-z_]+)\.(?!json``|py``)([a-z_]\w*)``")  # ``server.`` is often that of mail

# The files that every room has. Other first parts may be a column, a verb of the journal, or another library's.
USUAL = {"actions", "privacy", "queries", "rules", "states"}


def docstrings(tree: ast.Module) -> Iterator[str]:
    """Every docstring of a file."""
    return (text for node in ast.walk(tree) if isinstance(node, DOCUMENTED) and (text := ast.get_docstring(node)))


def names_of(tree: ast.Module) -> set[str]:
    """What a file defines or imports, attributes of its classes among it."""
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def stale_names(trees: Iterable[tuple[Path, ast.Module]], package: Path) -> list[str]:
    """``file: name`` for each name in a docstring that leads nowhere."""
    trees = list(trees)
    by_module: dict[str, set[str]] = defaultdict(set)
    everywhere = set(dir(builtins))
    for path, tree in trees:
        names = names_of(tree)
        everywhere |= names
        parts = path.relative_to(package).with_suffix("").parts
        for part in {parts[0], *USUAL.intersection(parts)}:
            by_module[part] |= names | set(parts)
    stale = []
    for path, tree in trees:
        for text in docstrings(tree):
            raised = {name for group in RAISES.findall(text) for name in re.findall(r"``(\w+)``", group)}
            dotted = {
                f"{module}.{name}"
                for module, name in DOTTED.findall(text)
                if module in by_module and name not in by_module[module]
            }
            stale += [f"{path.relative_to(package)}: {name}" for name in sorted(raised - everywhere | dotted)]
    return stale


def test_docstrings_name_what_exists() -> None:
    assert stale_names(files(PACKAGE), PACKAGE) == []


def test_stale_names_are_found(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text("class Late(Exception):\n    '''Raises ``Late`` or ``Gone``.'''\n")
    (tmp_path / "views.py").write_text(
        "def act():\n    '''As ``rules.Late`` and ``rules.lost`` say. Raises ``KeyError``.'''\n"
    )

    assert stale_names(files(tmp_path), tmp_path) == ["rules.py: Gone", "views.py: rules.lost"]
