"""Every test says itself what must hold: one that only calls something passes whatever comes of it."""

import ast
from collections.abc import Iterator

from plp.ops.house import checkout

SAYS = ("assert", "raises(", "warns(", "fail(")


def silent(source: str) -> Iterator[str]:
    """The tests of a file in which nothing is asserted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            body = "\n".join(ast.unparse(part) for part in [node.args, *node.body])
            if not any(word in body for word in SAYS):
                yield node.name


def test_every_test_asserts_something() -> None:
    files = sorted((checkout() / "tests").rglob("test_*.py"))
    found = [f"{path.name}::{name}" for path in files for name in silent(path.read_text(encoding="utf-8"))]

    assert len(files) > 100
    assert found == []


def test_a_test_that_only_calls_is_seen() -> None:
    assert list(silent("def test_quiet():\n    act()\n\ndef test_loud():\n    assert act()")) == ["test_quiet"]
