"""To find a place, a partnership or a person by name: each subject looks within what the person may see (T17)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from plp.people.models import Person
from plp.places.rules import fold

MOST = 20  # of one kind: who finds more types another word
SHORTEST = 2  # signs: one letter names everybody


@dataclass(frozen=True)
class Found:
    """One thing that was found, and its home."""

    title: str
    text: Any
    url: str
    icon: str  # of the Lucide set


type Seeker = Callable[[Person, str, datetime], list[Found]]


def fits(words: str, text: str) -> bool:
    """Whether each word begins a word of ``text``; accents and capitals do not matter."""
    there = fold(text).split()
    return all(any(one.startswith(word) for one in there) for word in fold(words).split())


def find(person: Person, words: str, at: datetime) -> list[Found]:
    """What the subjects of ``PORTAL_SEARCH`` know under these words, in their order. Raises ``TooOften``."""
    if len(fold(words)) < SHORTEST:
        return []
    seekers: list[Seeker] = [import_string(path) for path in settings.PORTAL_SEARCH]
    return [one for seek in seekers for one in seek(person, words, at)]
