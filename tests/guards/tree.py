"""The tree as the guards see it."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from plp.ops.environment import PACKAGE

ROOT = Path(__file__).resolve().parents[2]


@cache
def layers() -> list[set[str]]:
    """The rooms from the highest line to the lowest, as pyproject.toml declares them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    order = next(contract for contract in contracts if contract["containers"] == ["plp"])["layers"]
    return [{room.strip(" ()") for room in line.replace(":", "|").split("|")} for line in order]


def rooms() -> list[Path]:
    """The folders of the rooms."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file of the house: read once for all guards, changed by none."""
    return ast.parse(path.read_text(encoding="utf-8"))


def sources(folder: Path, pattern: str = "**/*.py") -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file below ``folder`` with its syntax tree, migrations left out."""
    for path in sorted(folder.glob(pattern)):
        if "migrations" not in path.parts:
            yield path, tree_of(path)


@cache
def tracked() -> list[Path]:
    """The files of the repository: what git knows or would add, else (outside git) everything that is not hidden."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    hidden = {".git", ".venv", ".venv-tools", "var"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not hidden & set(path.relative_to(ROOT).parts)]
