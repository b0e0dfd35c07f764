"""Pages reach objects through the scope of a person, and carry no script or style of their own."""

import ast
import re
from pathlib import Path

from plp.ops.environment import PACKAGE
from tests.guards.tree import sources

MANAGERS = {"objects", "_default_manager", "_base_manager"}
INLINE = {
    "a script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "a style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script in a link": re.compile(r"javascript:", re.IGNORECASE),
}


def managers_in(folder: Path) -> list[str]:
    """Places that read a table past the scope of the person who looks."""
    return [
        f"{path.relative_to(folder)}:{node.lineno}"
        for pattern in ("**/views.py", "**/views/*.py")
        for path, tree in sources(folder, pattern)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS
    ]


def inline_in(folder: Path) -> list[str]:
    """Templates that the content-security policy would break."""
    return [
        f"{path.relative_to(folder)}: {what}"
        for path in sorted(folder.glob("**/templates/**/*.html"))
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]


def test_no_view_asks_a_manager() -> None:
    assert managers_in(PACKAGE / "portal" / "subjects") == []


def test_no_template_is_inline() -> None:
    assert inline_in(PACKAGE) == []


def test_bad_pages_are_found(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (tmp_path / "views.py").write_text("def show(request):\n    return Notice.objects.get()\n")
    (templates / "bad.html").write_text('<p style="color: red" onclick="x()"><script>x()</script>\n')
    (templates / "good.html").write_text('<script src="a.js" defer></script><p class="style">\n')

    assert managers_in(tmp_path) == ["views.py:2"]
    assert inline_in(tmp_path) == [
        "templates/bad.html: a script",
        "templates/bad.html: a style",
        "templates/bad.html: an event handler",
    ]


def test_templates_write_moments_and_signs_as_the_standard_does() -> None:
    """A moment of a ``time`` has no millionths of a second; a ``<`` in a text of a template stands as it is written."""
    faults = []
    for template in sorted(Path(PACKAGE, "portal").rglob("*.html")):
        text = template.read_text(encoding="utf-8")
        faults += [f"{template.name}: {found}" for found in re.findall(r"date:['\"]c['\"]", text)]
        faults += [f"{template.name}: {words}" for words in re.findall(r'\{% translate "([^"]*<[^a-z/!][^"]*)"', text)]

    assert faults == []
