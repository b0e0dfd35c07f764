"""The part of a quarter that a message goes to, for its pages: in words, with doors and readers counted."""

from dataclasses import dataclass
from datetime import datetime

from plp.notices.models import Notice
from plp.notices.queries import count_persons_in_audience
from plp.notices.queries.targets import (
    count_doors_homes_or_firms,
    doors_in_target_of_notice,
    target_area_of_notice,
    target_in_words,
)
from plp.people.small_counts import mask_count


@dataclass(frozen=True)
class ReachedPart:
    """Streets or surroundings in words; how many doors; how many people, where few are not told (T53)."""

    words: str
    doors: int
    people: str


def reached_part(notice: Notice, *, at: datetime) -> ReachedPart | None:
    """Where a message goes that is not for everybody, in the active language; else ``None``. Raises ``NoPlan``."""
    area, doors = target_area_of_notice(notice), doors_in_target_of_notice(notice)
    if area is None:
        return None
    people = mask_count(count_persons_in_audience(notice, at=at))
    return ReachedPart(target_in_words(area), count_doors_homes_or_firms(notice, doors), people)
