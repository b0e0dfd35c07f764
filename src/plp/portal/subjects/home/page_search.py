"""To find a page by what people call it, in any of the four languages, also with a slip of the finger."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import get_language

from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person
from plp.places.rules import fold
from plp.portal.shell.offers import SearchResult

FILE = Path(__file__).with_name("page_names.toml")
MOST_PARTNERSHIPS = 5  # for which a page is listed one by one: who has more finds the partnership by its name
SHORTEST = 3  # letters of the longest word: "de" is in every name
ALIKE, SHORTEST_ALIKE = (
    0.8,
    5,
)  # share of equal letters of two words, and the letters below which a slip is another word


@dataclass(frozen=True)
class NamedPage:
    """A page of staff. ``titles``: language to title; ``words``: what it is called, folded, in every language."""

    view: str
    icon: str
    titles: dict[str, str]
    words: tuple[tuple[str, ...], ...]


@cache
def named_pages() -> tuple[NamedPage, ...]:
    """Every page of the file."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["page"]
    codes = [code for code, _name in settings.LANGUAGES]
    return tuple(
        NamedPage(
            row["view"],
            row["icon"],
            {code: row[code][0] for code in codes},
            tuple(tuple(fold(name).split()) for code in codes for name in row[code]),
        )
        for row in rows
    )


def search_pages(person: Person, words: str, at: datetime) -> list[SearchResult]:
    """The pages called so that ``person`` may open; a page of a partnership once for each of the first few."""
    typed = fold(words).split()
    if max(map(len, typed), default=0) < SHORTEST:
        return []
    language = get_language() or "fr"

    @cache
    def partnerships(permission: Permission) -> list[Partnership]:
        """Asked once, however many pages are found."""
        return list(partnerships_in_scope(person, permission, at=at).order_by("key")[:MOST_PARTNERSHIPS])

    def results(page: NamedPage) -> list[SearchResult]:
        try:
            url = reverse(page.view)
        except NoReverseMatch:
            permission = _permission_of(reverse(page.view, args=["key"]))
            return [
                _partnership_result(page, partnership, language)
                for partnership in (partnerships(permission) if permission else [])
            ]
        permission = _permission_of(url)
        is_open = permission is None or holds_any(person, permission, at=at)
        return [SearchResult(page.titles[language], "", url, page.icon)] if is_open else []

    return [result for page in named_pages() if _matches_name(page, typed) for result in results(page)]


def _matches_name(page: NamedPage, typed: list[str]) -> bool:
    """Whether every word that was typed begins, or nearly is, a word of one of the names."""
    return any(all(any(_matches_word(word, own) for own in name) for word in typed) for name in page.words)


def _matches_word(typed: str, own: str) -> bool:
    if own.startswith(typed):
        return True
    if min(len(typed), len(own)) < SHORTEST_ALIKE:
        return False
    return SequenceMatcher(None, typed, own).ratio() >= ALIKE


def _partnership_result(page: NamedPage, partnership: Partnership, language: str) -> SearchResult:
    url = reverse(page.view, args=[partnership.key])
    return SearchResult(page.titles[language], partnership.name(language), url, page.icon)


def _permission_of(url: str) -> Permission | None:
    """What one must hold somewhere to open a page; nothing for a page of everybody who is signed in."""
    permission = getattr(resolve(url).func, "permission", "")
    return Permission(permission) if permission in Permission.values else None
