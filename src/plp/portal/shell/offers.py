"""What a subject offers to the shell: its place in the menu, what waits, figures, a search, first steps, help.

Each is said in the ``offers.py`` of the subject, as ``OFFERS``; ``shell.subjects`` finds them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.mandates.queries import mandates_cached
from plp.partnership.open_rows import prefetch_open_rows
from plp.people.models import Person
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.subjects import offer_modules

NO_DAY = timedelta(days=30)  # what has no day waits now: before what is due later than this


@dataclass(frozen=True)
class MenuSection:
    """One word of the menu: a page that tells its pages apart, or its only page by that page's own name."""

    key: str  # in the address
    label: Any  # a lazy translation
    icon: str  # of the Lucide set

    @property
    def url(self) -> str:
        """The page that tells apart what stands in the section."""
        return reverse("home:section", args=[self.key])


MESSAGES = MenuSection("messages", _("Messages"), "megaphone")
MEMBERS = MenuSection("members", _("Members"), "users")
PARTNERSHIP = MenuSection("partnership", _("Partnership"), "house")
MEETINGS = MenuSection("meetings", _("Meetings"), "presentation")
RECRUIT = MenuSection("recruit", _("Recruit"), "sprout")
HELP = MenuSection("help", _("Help"), "life-buoy")
ME = MenuSection("me", _("Me"), "user-round")
SECTIONS = (MESSAGES, MEMBERS, PARTNERSHIP, MEETINGS, RECRUIT, HELP, ME)  # with "To do now", eight at most


@dataclass(frozen=True)
class MenuEntry:
    """One page of a menu section: shown to whoever holds ``permission`` somewhere; ``None``: to everybody signed in."""

    label: Any  # a lazy translation
    text: Any  # a lazy translation: what one does there, in a sentence
    view: str  # "subject:name" of the address
    icon: str  # of the Lucide set
    permission: Permission | None = None
    section: MenuSection = PARTNERSHIP
    is_seldom_used: bool = field(default=False, kw_only=True)  # alone in its section it comes after the others
    section_label: Any = field(default="", kw_only=True)  # what the section is called for whoever may open this page
    order: int = field(kw_only=True)

    @cached_property
    def url(self) -> str:
        """The address of the entry."""
        return reverse(self.view)


@dataclass(frozen=True)
class Task:
    """Something that waits for the person who looks: the answer to "what do I have to do now?"."""

    title: Any
    text: Any
    url: str
    urgent: bool = False
    count: int = 0  # how many things wait behind this task; 0 shows no number
    due_at: datetime | None = None  # by when the first of them is to be done
    is_call_for_help: bool = False  # before everything else, however late that is

    @property
    def count_beside(self) -> int:
        """How many, beside the title: 0 for one thing, and where the title says it already."""
        return 0 if self.count < 2 or str(self.count) in str(self.title).split() else self.count


@dataclass(frozen=True)
class Figure:
    """One figure of the answer to "how are things?", and the page that tells more. ``kind`` as of a component."""

    number: Any
    label: Any
    url: str
    kind: str = "plain"


@dataclass(frozen=True)
class SearchResult:
    """One thing that was found by name, and its home."""

    title: str
    text: Any
    url: str
    icon: str  # of the Lucide set


@dataclass(frozen=True)
class Shortcut:
    """Something that is often done, one touch from the first page: a link, or with a ``form`` what is sent there."""

    label: Any
    url: str
    icon: str  # of the Lucide set
    form: Form | None = None
    button: Any = ""  # what sends the form


@dataclass(frozen=True)
class FirstStep:
    """One thing that somebody new does once, and whether it is done."""

    title: Any
    url: str
    done: bool


@dataclass(frozen=True)
class Source[**P, T]:
    """A function that lists something, and its place among those of other subjects: the lowest ``order`` first."""

    rows: Callable[P, list[T]]
    order: int


@dataclass(frozen=True)
class Offers:
    """What one subject offers. What it does not offer is left out.

    ``help`` tells on which of its pages one asks how a task of a guide ("guide/task") is done. ``help_on`` is of the
    guides alone: the address where the page of a request is explained.
    """

    menu: tuple[MenuEntry, ...] = ()
    tasks: Source[[Person, datetime], Task] | None = None
    figures: Source[[Person, datetime], Figure] | None = None
    search: Source[[Person, str, datetime], SearchResult] | None = None
    first_steps: Source[[Person, datetime], FirstStep] | None = None
    shortcuts: Source[[Person, datetime], Shortcut] | None = None
    help: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    help_on: Callable[[PortalRequest], str] | None = None


@cache
def all_offers() -> tuple[Offers, ...]:
    """What each subject offers, by the names of their folders."""
    return tuple(module.OFFERS for module in offer_modules())


def sources_in_order[**P, T](sources: Iterable[Source[P, T] | None]) -> list[Source[P, T]]:
    """The sources that there are, by their order."""
    return sorted((source for source in sources if source is not None), key=lambda source: source.order)


def menu_entries(permissions: Iterable[Permission]) -> list[MenuEntry]:
    """The entries for somebody who holds ``permissions`` somewhere."""
    held = set(permissions)
    entries = [entry for offers in all_offers() for entry in offers.menu]
    shown = [entry for entry in entries if entry.permission is None or entry.permission in held]
    return sorted(shown, key=lambda entry: entry.order)


def menu_sections(permissions: Iterable[Permission]) -> list[tuple[MenuSection, list[MenuEntry]]]:
    """The sections in which somebody may open something, each with its entries, in the order of the menu; what is
    seldom used after what is used every week.
    """
    entries = menu_entries(permissions)
    filled = [(section, [entry for entry in entries if entry.section is section]) for section in SECTIONS]
    offered = [(_section_with_label_of_first_page(section, pages), pages) for section, pages in filled if pages]
    return sorted(offered, key=lambda filling: all(entry.is_seldom_used for entry in filling[1]))


def _section_with_label_of_first_page(section: MenuSection, pages: Iterable[MenuEntry]) -> MenuSection:
    """The section by the name of what is behind it: that of its first page which has one."""
    return replace(section, label=next((entry.section_label for entry in pages if entry.section_label), section.label))


def tasks_of_person(person: Person, at: datetime) -> list[Task]:
    """Everything that waits for ``person``: calls for help first, then what is urgent, then what has a day soon, the
    nearest first, then what has none in the order of its sources, then what is due much later (R50).
    """
    with mandates_cached(), prefetch_open_rows(person, at=at):
        waiting = [
            task
            for source in sources_in_order(offers.tasks for offers in all_offers())
            for task in source.rows(person, at)
        ]
    return sorted(waiting, key=lambda task: (not task.is_call_for_help, not task.urgent, task.due_at or at + NO_DAY))


def figures_of_person(person: Person, at: datetime) -> list[Figure]:
    """How things are for ``person``."""
    with mandates_cached():
        return [
            figure
            for source in sources_in_order(offers.figures for offers in all_offers())
            for figure in source.rows(person, at)
        ]


def first_steps_of_person(person: Person, at: datetime) -> list[FirstStep]:
    """What ``person`` does once."""
    with mandates_cached():
        return [
            step
            for source in sources_in_order(offers.first_steps for offers in all_offers())
            for step in source.rows(person, at)
        ]


def shortcuts_of_person(person: Person, at: datetime) -> list[Shortcut]:
    """What ``person`` often does."""
    with mandates_cached():
        return [
            shortcut
            for source in sources_in_order(offers.shortcuts for offers in all_offers())
            for shortcut in source.rows(person, at)
        ]


def guide_url_for_page(request: PortalRequest) -> str:
    """The address where the page of ``request`` is explained; "" if nowhere."""
    return next((offers.help_on(request) for offers in all_offers() if offers.help_on), "")
