"""The pages of advice: one text a page in four languages, in ``texts/``. What fits the season comes first (R69)."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from plp.documents import Document, compose, pdf
from plp.toolbox.clock import BRUSSELS, local
from plp.toolbox.texts import text

TEXTS = Path(__file__).parent / "texts"
WINTER, SUMMER = (10, 11, 12, 1, 2), (6, 7, 8)
KNOW, HOME, SHOP = "know", "home", "shop"
PARTS: dict[str, Any] = {
    KNOW: _("Know and report"),
    HOME: _("At home and on the way"),
    SHOP: _("For shops and the self-employed"),
}


@dataclass(frozen=True)
class Page:
    """One page. ``months`` are those in which it is shown first; ``key`` is its address and the name of its text."""

    key: str
    part: str
    title: Any
    icon: str
    months: tuple[int, ...] = ()


PAGES = {
    page.key: page
    for page in (
        Page("plp", KNOW, _("What a local prevention partnership is, and what it is not"), "users"),
        Page("report", KNOW, _("How to report to the police"), "phone"),
        Page("groups", KNOW, _("Rules for a messaging group of neighbours"), "message-circle"),
        Page("burglary", HOME, _("Burglary: give thieves no chance"), "house"),
        Page("dark", HOME, _("The dark months: a home that looks lived in"), "moon", WINTER),
        Page("holidays", HOME, _("Going away: before you lock the door"), "luggage", (*SUMMER, 12)),
        Page("tricks", HOME, _("At the door: thieves with a story"), "door-open"),
        Page("bicycle", HOME, _("Your bicycle: locked, marked, still yours"), "bike", (3, 4, 5, 6, 9)),
        Page("phone", HOME, _("Fraud by telephone: hang up"), "phone-off"),
        Page("online", HOME, _("Fraud by message and on the internet"), "mail-warning"),
        Page("fire", HOME, _("Fire and carbon monoxide"), "flame", WINTER),
        Page("money", SHOP, _("Counterfeit money"), "banknote"),
        Page("change", SHOP, _("The change-raising trick"), "coins", (11, 12)),
        Page("till", SHOP, _("Till, opening and closing"), "store"),
    )
}


def pages_of_season(at: datetime) -> list[Page]:
    """The pages that fit the month, on a Belgian clock."""
    month = local(at).month
    return [page for page in PAGES.values() if month in page.months]


def pages_by_part() -> list[tuple[Any, list[Page]]]:
    """All pages under their headings."""
    return [(heading, [page for page in PAGES.values() if page.part == part]) for part, heading in PARTS.items()]


def advice_document(page: Page, language: str) -> Document:
    """The text of a page in ``language``, for the screen and for paper. Raises ``TextMissing``."""
    return compose(text(TEXTS, page.key, language), {}, language=language, title=str(page.title))


@lru_cache(maxsize=len(PAGES) * 4)
def _cached_advice_page_pdf(key: str, language: str, year: int) -> bytes:
    page = PAGES[key]
    titled = f"# {page.title}\n\n{text(TEXTS, key, language)}"
    whole = compose(titled, {}, language=language, title=str(page.title))
    return pdf(whole, at=datetime(year, 1, 1, tzinfo=BRUSSELS))


def advice_page_pdf(page: Page, language: str, *, at: datetime) -> bytes:
    """The page as a PDF (A4), made once a year and language: it says the same to everybody."""
    return _cached_advice_page_pdf(page.key, language, local(at).year)
