"""What the machines of the proofs ask of a module is there: they run for hours, and seldom."""

import ast
import importlib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in (ROOT / "proof").rglob("*.py") if path.name != "__main__.py")


def absent_names(source: str, namespace: dict[str, object]) -> list[str]:
    """Each ``module.name`` that ``source`` reads and that the module, as ``namespace`` has it, lacks."""
    read = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)]
    owners = {node: owner_of(node.value, namespace) for node in read if isinstance(node.ctx, ast.Load)}
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node, owner in owners.items()
        if isinstance(owner, ModuleType) and not hasattr(owner, node.attr)
    ]


def owner_of(node: ast.expr, namespace: dict[str, object]) -> object:
    """What a name, or names with points between, stand for in ``namespace``; ``None`` for all else."""
    if isinstance(node, ast.Name):
        return namespace.get(node.id)
    owner = owner_of(node.value, namespace) if isinstance(node, ast.Attribute) else None
    return (
        getattr(owner, node.attr, None) if isinstance(node, ast.Attribute) and isinstance(owner, ModuleType) else None
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_proof_reads_of_a_module_is_there(path: Path) -> None:
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))

    assert absent_names(path.read_text(), vars(module)) == []


def test_a_name_that_was_changed_is_found() -> None:
    namespace: dict[str, object] = {"ast": ast, "word": "plp"}

    assert absent_names("ast.parse(word.upper())\nast.parse_again()", namespace) == ["2: ast.parse_again"]
