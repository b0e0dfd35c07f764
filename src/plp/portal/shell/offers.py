"""What a subject offers to the shell: entries of the menu, tasks that wait, figures that tell how things are.

Listed by name in the settings.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.mandates.queries import reading
from plp.partnership.open_rows import looked_up
from plp.people.models import Person

NO_DAY = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Group:
    """A heading under "More"."""

    label: Any  # a lazy translation


MESSAGES = Group(_("Messages and answers"))
PEOPLE = Group(_("People"))
PARTNERSHIP = Group(_("Partnership"))
LAW = Group(_("Figures and rules"))
MINE = Group(_("My own"))
GROUPS = (MESSAGES, PEOPLE, PARTNERSHIP, LAW, MINE)


@dataclass(frozen=True)
class Entry:
    """One line of the menu: shown to whoever holds ``permission`` somewhere, or to everybody signed in if ``None``.

    The first two that somebody may open stand in front, the others under "More", each in its ``group``.
    """

    label: Any  # a lazy translation
    view: str  # "subject:name" of the address
    icon: str  # of the Lucide set
    permission: Permission | None = None
    group: Group = PARTNERSHIP

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


@dataclass(frozen=True)
class Standing:
    """One figure of the answer to "how are things?", and the page that tells more. ``kind`` as of a figure."""

    number: Any
    label: Any
    url: str
    kind: str = "plain"


def _named(setting: str) -> tuple[Any, ...]:
    """The objects whose dotted paths a setting lists, in its order."""
    return _imported(tuple(getattr(settings, setting)))


@cache
def _imported(paths: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(import_string(path) for path in paths)


def menu(permissions: Iterable[Permission]) -> list[Entry]:
    """The entries for somebody who holds ``permissions`` somewhere, in the order of ``PORTAL_MENU``."""
    held = set(permissions)
    entries: Iterable[Entry] = (entry for part in _named("PORTAL_MENU") for entry in part)
    return [entry for entry in entries if entry.permission is None or entry.permission in held]


def tasks(person: Person, at: datetime) -> list[Task]:
    """Everything that waits for ``person``: urgent things first, then what has a day, the nearest first, then the rest
    in the order of ``PORTAL_TASKS`` (R50).
    """
    sources: tuple[Callable[[Person, datetime], list[Task]], ...] = _named("PORTAL_TASKS")
    with reading(), looked_up(person, at=at):
        found = [task for source in sources for task in source(person, at)]
    return sorted(found, key=lambda task: (not task.urgent, task.due_at or NO_DAY))


def standing(person: Person, at: datetime) -> list[Standing]:
    """How things are for ``person``, in the order of ``PORTAL_STANDING``."""
    sources: tuple[Callable[[Person, datetime], list[Standing]], ...] = _named("PORTAL_STANDING")
    with reading():
        return [figure for source in sources for figure in source(person, at)]


def help_on(request: HttpRequest) -> str:
    """The address where the page of ``request`` is explained, as ``PORTAL_HELP`` knows; "" if nowhere."""
    asked: Callable[[HttpRequest], str] = import_string(settings.PORTAL_HELP)
    return asked(request)
