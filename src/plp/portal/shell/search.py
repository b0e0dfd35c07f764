"""To find a place, a partnership or a person by name: each subject looks within what the person may see (T17)."""

from datetime import datetime

from plp.people.models import Person
from plp.places.rules import fold
from plp.portal.shell import offers
from plp.portal.shell.offers import SearchResult

MOST = 20  # of one kind: who finds more types another word
SHORTEST = 2  # signs: one letter names everybody


def matches_search(query: str, text: str) -> bool:
    """Whether each word begins a word of ``text``; accents and capitals do not matter."""
    own_words = fold(text).split()
    return all(any(own_word.startswith(word) for own_word in own_words) for word in fold(query).split())


def search_in_all_subjects(person: Person, query: str, at: datetime) -> list[SearchResult]:
    """What the subjects know under these words, in their order. Raises ``TooOften``."""
    if len(fold(query)) < SHORTEST:
        return []
    sources = offers.sources_in_order(subject.search for subject in offers.all_offers())
    return [result for source in sources for result in source.rows(person, query, at)]
