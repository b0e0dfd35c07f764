"""Sizes that make one look again: marks, not limits (docs/design.md#sizes)."""

import ast
from collections.abc import Iterator
from pathlib import Path

FUNCTION, FILE, TEMPLATE, TOOLBOX = 30, 250, 130, 600


def _count_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def overlong_functions_of_file(path: Path) -> Iterator[tuple[str, int]]:
    """Functions of ``path`` over the mark, docstring not counted: name and lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body_begins = node.body[0].end_lineno if ast.get_docstring(node) else node.lineno
            size = (node.end_lineno or 0) - (body_begins or 0)
            if size > FUNCTION:
                yield node.name, size


def files_and_functions_over_size_marks(package: Path) -> list[str]:
    """What is over its mark below ``package``, one line each."""
    lines_over = []
    sources = [path for path in sorted(package.rglob("*.py")) if "migrations" not in path.parts]
    for path in sources:
        name = path.relative_to(package)
        if _count_lines(path) > FILE:
            lines_over.append(f"{name}: {_count_lines(path)} lines")
        lines_over += [f"{name}: {function} has {size} lines" for function, size in overlong_functions_of_file(path)]
    for path in sorted(package.rglob("*.html")):
        if _count_lines(path) > TEMPLATE:
            lines_over.append(f"{path.relative_to(package)}: {_count_lines(path)} lines")
    toolbox = sum(_count_lines(path) for path in sources if path.relative_to(package).parts[0] == "toolbox")
    if toolbox > TOOLBOX:
        lines_over.append(f"toolbox: {toolbox} lines in all")
    return lines_over
