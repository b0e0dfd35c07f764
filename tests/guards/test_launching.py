"""Nobody but the room ``launch`` moves a partnership on in its life: it keeps the gates (R12, R27)."""

import ast
from pathlib import Path

from plp.ops.environment import PACKAGE
from tests.guards.tree import sources

MOVING = {"activate", "advance", "dissolve"}
MAY = ("launch/actions", "partnership", "demo")  # the demonstration begins with partnerships that are launched


def callers(package: Path) -> list[str]:
    """Places outside of ``MAY`` that call one of ``MOVING`` on the actions of ``partnership``."""
    return [
        f"{path.relative_to(package)}:{node.lineno}"
        for path, tree in sources(package)
        if not str(path.relative_to(package)).startswith(MAY)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in MOVING
        and any(word.arg == "partnership" for word in node.keywords)
    ]


def test_only_the_launch_moves_a_partnership_on() -> None:
    assert callers(PACKAGE) == []


def test_a_page_that_would_is_found(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text("partnerships.activate(partnership=one, by=None, at=now)\nother.advance(1)\n")

    assert callers(tmp_path) == ["page.py:1"]
