"""To find a page by what people call it, in any of the four languages, also with a slip of the finger."""

import tomllib
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import get_language

from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person
from plp.places.rules import fold
from plp.portal.shell.offers import SearchResult

FILE = Path(__file__).with_name("page_names.toml")
MOST_PARTNERSHIPS = 5  # for which a page is listed one by one: who has more finds the partnership by its name
SHORTEST = 3  # letters of a word of which the beginning is enough: "pv" is typed whole
LONG = 5  # letters of a word that tells something alone, and of which a slip is no other word
SLIP = LONG - 1  # letters of what was typed of such a word, one left out
ALIKE = 0.8  # share of equal letters of two words


@dataclass(frozen=True)
class NamedPage:
    """A page of staff. ``titles``: language to title; ``names``: what it is called, folded, in every language."""

    view: str
    icon: str
    titles: dict[str, str]
    names: tuple[tuple[str, ...], ...]


@cache
def named_pages() -> tuple[NamedPage, ...]:
    """Every page of the file."""
    codes = [code for code, _name in settings.LANGUAGES]
    return tuple(
        NamedPage(
            row["view"],
            row["icon"],
            {code: row[code][0] for code in codes},
            tuple(tuple(fold(name).split()) for code in codes for name in row[code]),
        )
        for row in _pages_file()["page"]
    )


@cache
def _pages_file() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def filler_words() -> frozenset[str]:
    """Words of a question that name no page: "where", "je", "naar"."""
    return frozenset(fold(word) for words in _pages_file()["filler"].values() for word in words)


@cache
def page_name_words() -> frozenset[str]:
    """Every word of a name of a page."""
    return frozenset(word for page in named_pages() for name in page.names for word in name)


def matching_pages(query: str) -> list[NamedPage]:
    """The pages called so in any language: by one name, else by most of the long words.

    A slip of the finger is looked through where a word begins none that is known.
    """
    typed = fold(query).split()
    telling = [word for word in typed if word not in filler_words()]
    if not telling:
        return []
    meant = [_known_words_like(word) for word in telling]
    by_name = [
        page for page in named_pages() if any(_count_matching_words(meant, name) == len(meant) for name in page.names)
    ]
    return by_name or _best_matches([words for word, words in zip(telling, meant, strict=True) if len(word) >= LONG])


def _known_words_like(typed: str) -> Set[str]:
    """The known words that begin so; of a longer word that begins none, those that are nearly it."""
    if len(typed) < SHORTEST:
        return page_name_words() & {typed}
    begun = {word for word in page_name_words() if word.startswith(typed)}
    if begun or len(typed) < SLIP:
        return begun
    long_words = [word for word in page_name_words() if len(word) >= LONG]
    return set(get_close_matches(typed, long_words, n=len(long_words), cutoff=ALIKE))


def _count_matching_words(meant: Sequence[Set[str]], own_words: Collection[str]) -> int:
    """How many of the words that are meant stand among ``own_words``."""
    return sum(not words.isdisjoint(own_words) for words in meant)


def _best_matches(meant: Sequence[Set[str]]) -> list[NamedPage]:
    """The pages that have the most of these words, if any."""
    counts = {
        page.view: _count_matching_words(meant, {word for name in page.names for word in name})
        for page in named_pages()
    }
    most = max(counts.values())
    return [page for page in named_pages() if most and counts[page.view] == most]


def search_pages(person: Person, query: str, at: datetime) -> list[SearchResult]:
    """The pages called so that ``person`` may open; a page of a partnership once for each of the first few."""
    language = get_language() or "fr"

    @cache
    def partnerships(permission: Permission) -> list[Partnership]:
        """Asked once, however many pages are found."""
        return list(partnerships_in_scope(person, permission, at=at).order_by("key")[:MOST_PARTNERSHIPS])

    def search_results_of_page(page: NamedPage) -> list[SearchResult]:
        try:
            url = reverse(page.view)
        except NoReverseMatch:
            permission = _permission_of(reverse(page.view, args=["key"]))
            return [
                _partnership_result(page, partnership, language)
                for partnership in (partnerships(permission) if permission else [])
            ]
        permission = _permission_of(url)
        is_open = permission is None or holds_any_permission(person, permission, at=at)
        return [SearchResult(page.titles[language], "", url, page.icon)] if is_open else []

    return [result for page in matching_pages(query) for result in search_results_of_page(page)]


def _partnership_result(page: NamedPage, partnership: Partnership, language: str) -> SearchResult:
    url = reverse(page.view, args=[partnership.key])
    return SearchResult(page.titles[language], partnership.name(language), url, page.icon)


def _permission_of(url: str) -> Permission | None:
    """What one must hold somewhere to open a page; nothing for a page of everybody who is signed in."""
    permission = getattr(resolve(url).func, "permission", "")
    return Permission(permission) if permission in Permission.values else None
