"""A clone in an empty folder is enough: no test, proof, bench or part of the product reads what lies beside it."""

import ast
import os
import tempfile
from pathlib import Path

import pytest

from tests import isolation
from tests.guards.tree import ROOT, sources, tracked
from tests.samples import SAMPLES

READING = ("tests", "proof", "bench", "src")
AT_ROOT = {"ROOT", "checkout"}  # a name or a call that stands for the root of the checkout


def _levels(node: ast.expr, depth: int) -> int | None:
    """How many folders below the root an expression from ``__file__`` or from the root leads; negative: above."""
    match node:
        case ast.Name(id="__file__"):
            return depth
        case ast.Name(id=name) | ast.Call(func=ast.Name(id=name), args=[]) if name in AT_ROOT:
            return 0
        case ast.Call(func=ast.Name(id="Path") | ast.Attribute(attr="Path"), args=[start, *_]):
            return _levels(start, depth)
        case ast.Call(func=ast.Attribute(value=start, attr="resolve" | "absolute")):
            return _levels(start, depth)
        case ast.Attribute(value=start, attr="parent"):
            steps = [-1]
        case ast.Subscript(value=ast.Attribute(value=start, attr="parents"), slice=ast.Constant(value=int(number))):
            steps = [-1] * (number + 1)
        case ast.BinOp(left=start, op=ast.Div(), right=ast.Constant(value=str(name))):
            steps = [-1 if part == ".." else 1 for part in Path(name).parts]
        case _:
            return None
    level = _levels(start, depth)
    for step in steps if level is not None else ():
        level = level + step if level >= 0 else level  # once above the root, above
    return level


def climbing(path: Path, tree: ast.Module, root: Path) -> list[str]:
    """The places where a file of the repository leads to the folder that holds it, as ``file:line``."""
    depth = len(path.relative_to(root).parts)
    found = [node for node in ast.walk(tree) if isinstance(node, ast.expr) and (_levels(node, depth) or 0) < 0]
    return sorted({f"{path.relative_to(root)}:{node.lineno}" for node in found})


def test_no_source_leads_out_of_the_checkout() -> None:
    files = [found for folder in READING for found in sources(ROOT / folder)]

    assert [place for path, tree in files for place in climbing(path, tree, ROOT)] == []
    assert [path for path in tracked() if path.is_symlink()] == []


def test_leading_out_is_found(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    path = tmp_path / "tests" / "test_bad.py"
    words = [
        "Path(__file__).parents[1]",  # the root
        "Path(__file__).resolve().parents[2] / 'beside'",
        "Path(__file__).parent.parent.parent",
        "pathlib.Path(__file__).parent / '../../beside'",
        "ROOT.parent",
        "checkout() / '..'",
        "checkout() / 'tests' / '..'",  # the root
    ]
    path.write_text("\n".join(words), encoding="utf-8")

    found = climbing(path, ast.parse(path.read_text(encoding="utf-8")), tmp_path)

    assert found == [f"tests/test_bad.py:{line}" for line in (2, 3, 4, 5, 6)]


@pytest.mark.parametrize(
    ("path", "outside"),
    [
        ("/srv/clone/tests/samples/x", False),
        ("/srv/clone", False),
        (b"/srv/clone/x", False),
        ("/srv/beside/data/x", True),
        ("/srv/clone-2/x", True),
        ("/srv/clone/../beside/x", True),
        ("/home/list.csv", True),
        ("/usr/lib/x", False),
        ("/etc/hosts", False),
        ("/", False),
        (os.__file__, False),
        (Path(tempfile.gettempdir(), "x"), False),
        (3, False),
    ],
)
def test_what_lies_beside_the_checkout_is_outside(path: object, outside: bool) -> None:
    assert isolation.is_outside(path, "/srv/clone") is outside


def test_a_checkout_in_a_folder_of_the_system_has_neighbours_too() -> None:
    assert isolation.is_outside("/var/lib/beside/x", "/var/lib/clone")
    assert not isolation.is_outside("/etc/hosts", "/var/lib/clone")


@pytest.mark.parametrize("read", [Path.read_bytes, lambda path: list(path.iterdir()), os.listdir])
def test_a_test_that_reads_elsewhere_fails_at_once(read: object) -> None:
    beside = Path(os.sep, "nowhere-of-the-system", "beside")

    with pytest.raises(RuntimeError, match="what tests need is in the repository"):
        read(beside)


def test_each_sample_names_its_source_and_its_licence() -> None:
    for folder in [path for path in SAMPLES.iterdir() if path.is_dir() and path.name != "__pycache__"]:
        words = (folder / "README.md").read_text(encoding="utf-8")
        assert "ource" in words
        assert "icence" in words
        assert [
            path.name for path in folder.iterdir() if f"`{path.name}" not in words and path.name != "README.md"
        ] == []
