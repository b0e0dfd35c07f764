"""Every test says itself what must hold, and none holds on a fast machine alone."""

import ast
from collections.abc import Iterator

from plp.ops.environment import repository_root

CLOCKS = {"monotonic", "perf_counter", "process_time", "total_seconds"}
MEASURES = {"patience.py", "workload.py"}  # what tests wait and measure with
SAYS = ("assert", "raises(", "warns(", "fail(")


def silent(source: str) -> Iterator[str]:
    """The tests of a file in which nothing is asserted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            body = "\n".join(ast.unparse(part) for part in [node.args, *node.body])
            if not any(word in body for word in SAYS):
                yield node.name


def _calls(node: ast.AST) -> Iterator[str]:
    """The names of what is called in an expression, without what those calls are given."""
    if isinstance(node, ast.Call):
        yield getattr(node.func, "attr", getattr(node.func, "id", ""))
    else:
        for part in ast.iter_child_nodes(node):
            yield from _calls(part)


def timed(source: str) -> Iterator[int]:
    """The lines on which a clock of the machine is compared with something: a bound that a slow machine breaks."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare) and CLOCKS.intersection(_calls(node)):
            yield node.lineno


def test_every_test_asserts_something() -> None:
    files = sorted((repository_root() / "tests").rglob("test_*.py"))
    found = [f"{path.name}::{name}" for path in files for name in silent(path.read_text(encoding="utf-8"))]

    assert len(files) > 100
    assert found == []


def test_a_test_that_only_calls_is_seen() -> None:
    assert list(silent("def test_quiet():\n    act()\n\ndef test_loud():\n    assert act()")) == ["test_quiet"]


def test_no_test_judges_the_clock_of_the_machine() -> None:
    files = sorted((repository_root() / "tests").rglob("*.py"))
    found = [f"{path.name}:{line}" for path in files for line in timed(path.read_text(encoding="utf-8"))]

    assert [one for one in found if one.split(":")[0] not in MEASURES] == []


def test_a_bound_of_time_is_seen() -> None:
    assert list(
        timed(
            "begun = time.monotonic()\nassert time.monotonic() - begun < 1\nwhile monotonic() < end: act()\n"
            "assert (now() - begun).total_seconds() < 1"
        )
    ) == [2, 3, 4]
