"""A page to which a room below the portal leads is declared once, in ``delivery/pages.py``, and is there."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.urls import Resolver404, resolve

from plp.delivery import pages
from plp.ops.environment import PACKAGE
from tests.guards.tree import sources

ABOVE = {"portal", "api", "ops", "server", "demo"}  # may know the portal, or are at its side
KEY = "0192f0c2-7a51-7c11-8f0e-5d2d6f1f2a3b"  # fits a key, a word and a secret alike
ADDRESS = re.compile(r"/([a-z0-9_-]+/)+|(\{\})?/([a-z0-9_{}-]+/)+")
ELSEWHERE = {"/api/v1/{}": "of programs, not of readers", "/api/inbound/sms/{}": "of the gateway"}


def declared() -> dict[str, pages.PortalPage]:
    """Every page of the table, by the name of its constant."""
    return {name: page for name, page in vars(pages).items() if isinstance(page, pages.PortalPage)}


def name_at(page: pages.PortalPage) -> str:
    """The name of the view that answers at the address of ``page``."""
    try:
        return resolve(page.path(*[KEY] * page.address.count("{}"))).view_name
    except Resolver404:
        return ""


def texts_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Each text of a file but its docstrings, with ``{}`` where an f-string puts a value in."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value


def typed_pages(trees: Iterable[tuple[Path, ast.Module]], views: set[str]) -> list[str]:
    """Names and addresses of pages that are typed in these files: "file:line: text"."""
    return [
        f"{path.name}:{line}: {text}"
        for path, tree in trees
        for line, text in texts_of(tree)
        if text not in ELSEWHERE and (text in views or is_page(text))
    ]


def is_page(text: str) -> bool:
    """Whether a page of the portal answers at this text."""
    address = text.removeprefix("{}")
    if not ADDRESS.fullmatch(text) or address == "/":
        return False
    try:
        resolve(address.replace("{}", KEY))
    except Resolver404:
        return False
    return True


def below_the_portal() -> Iterator[tuple[Path, ast.Module]]:
    """The files of the rooms below the portal."""
    for path, tree in sources(PACKAGE):
        if path.relative_to(PACKAGE).parts[0] not in ABOVE and path.name != "pages.py":
            yield path, tree


def test_each_declared_page_is_there() -> None:
    assert {name: (page.view, name_at(page)) for name, page in declared().items() if name_at(page) != page.view} == {}


def test_no_page_is_declared_twice() -> None:
    views = [page.view for page in declared().values()]

    assert sorted(views) == sorted(set(views))


def test_no_room_types_a_page_by_itself() -> None:
    assert typed_pages(below_the_portal(), {page.view for page in declared().values()}) == []


def test_typed_pages_are_found() -> None:
    tree = ast.parse('a = "/police/"\nb = f"{settings.ORIGIN}/p/{key}/"\nc = "evening:home"\nd = "/nowhere/"\n')

    assert typed_pages([(Path("x.py"), tree)], {"evening:home"}) == [
        "x.py:1: /police/",
        "x.py:2: {}/p/{}/",
        "x.py:3: evening:home",
    ]
