"""Nothing rests on another library's insides: no name that it keeps to itself, nothing of it replaced."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template import engines
from django.template.library import import_library

from plp.ops.environment import PACKAGE
from tests.guards.tree import ROOT, sources

# Names that begin with an underscore although their makers offer them.
OFFERED = {
    "_meta": "Django documents Model._meta",
    "_default_manager": "Django documents it",
    "_base_manager": "Django documents it",
    "_state": "Django documents adding=True for copies of a row",
    "_fields": "of a named tuple",
    "_replace": "of a named tuple",
    "_asdict": "of a named tuple",
    "_exit": "os._exit",
    "_Element": "how lxml calls the type of an element",
    "_element": "the XML of a part: python-docx and python-pptx document it",
    "_p": "the same",
    "_r": "the same",
    "_tr": "the same",
    "_inline": "the same",
}
STILL = {  # counted down: who mends one takes its line out
    "ops/receivers/mailbox.py": {"_trigger_server"},
}
DJANGO = [
    "django.template.defaulttags",
    "django.template.defaultfilters",
    "django.template.loader_tags",
    "django.templatetags.i18n",
    "django.templatetags.static",
]


def _borrowed(tree: ast.Module) -> Iterator[str]:
    """The names that a module takes from the insides of others, and those that it replaces there."""
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("plp"):
            yield from (alias.name for alias in node.names if alias.name.startswith("_"))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if isinstance(node.ctx, ast.Store) and node.value.id in imported:
                yield node.attr
                continue
            if node.value.id in {"self", "cls"}:
                continue
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
            yield node.attr


def test_no_name_is_used_that_a_library_keeps_to_itself_and_nothing_of_others_is_replaced() -> None:
    found = {
        str(path.relative_to(PACKAGE)): names
        for path, tree in sources(PACKAGE)
        if (names := set(_borrowed(tree)) - set(OFFERED))
    }

    assert found == STILL


def _handed_on(folder: Path, tree: ast.Module) -> set[str]:
    """The names that a package takes from its own modules and does not use itself."""
    own = f"plp.{folder.relative_to(PACKAGE).as_posix().replace('/', '.')}."
    taken = [node for node in tree.body if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(own)]
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return {alias.name for node in taken for alias in node.names} - used


def test_what_a_package_hands_on_is_asked_for_elsewhere() -> None:
    files = [path for folder in (PACKAGE, ROOT / "tests", ROOT / "proof") for path in folder.rglob("*.py")]
    words = {path: set(re.findall(r"\w+", path.read_text(encoding="utf-8"))) for path in files}
    unasked = [
        f"{path.parent.name}: {name}"
        for path, tree in sources(PACKAGE, "*/**/__init__.py")
        for name in _handed_on(path.parent, tree)
        if not any(name in words[other] for other in files if path.parent not in other.parents)
    ]

    assert unasked == []


def test_no_tag_and_no_filter_takes_a_name_of_django() -> None:
    libraries = [import_library(name) for name in engines["django"].engine.builtins if name.startswith("plp.")]
    taken = [name for library in map(import_library, DJANGO) for name in (*library.tags, *library.filters)]

    assert libraries
    assert [name for library in libraries for name in (*library.tags, *library.filters) if name in taken] == []


def test_a_form_says_on_which_page_it_stands() -> None:
    plain = [
        str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.html") if "{% csrf_token %}" in path.read_text()
    ]

    assert plain == [], "use {% form_token %}: its answer leads back to the page"
