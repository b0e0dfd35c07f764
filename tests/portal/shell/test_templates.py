"""Templates are code: what they name exists, and nothing in them runs inline."""

import re
from pathlib import Path

import lucide
import pytest

import plp.portal

PORTAL = Path(plp.portal.__file__).parent
TEMPLATES = sorted(PORTAL.rglob("templates/**/*.html"))
SOURCES = [*TEMPLATES, *sorted(PORTAL.rglob("*.py"))]
ICON = re.compile(r"""(?:\bicon=|\bicon_name=|\{% icon |\{% empty \S+ )"([a-z0-9-]+)\"""")


def test_every_icon_named_exists() -> None:
    """A misspelt icon would be a page that falls."""
    named = {name for source in SOURCES for name in ICON.findall(source.read_text(encoding="utf-8"))}

    for name in named:
        lucide._load_icon(name)

    assert len(named) > 10


def test_a_whole_form_says_its_faults_once() -> None:
    """``{{ form }}`` draws the summary itself: a second one would be read aloud again, and both ask for the focus."""
    read = [(template.relative_to(PORTAL).as_posix(), template.read_text(encoding="utf-8")) for template in TEMPLATES]

    twice = [name for name, words in read if "{{ form }}" in words and "{% error_summary form %}" in words]

    assert twice == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(PORTAL).as_posix())
def test_nothing_runs_inline(template: Path) -> None:
    """The policy would refuse it, and the page would be broken for whoever reads it."""
    words = template.read_text(encoding="utf-8")

    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", words) == []
