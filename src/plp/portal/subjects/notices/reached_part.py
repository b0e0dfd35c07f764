"""Whom a message goes to, for its pages: the part of a quarter in words with doors and readers, and every quarter."""

from dataclasses import dataclass
from datetime import datetime

from plp.notices.models import Notice
from plp.notices.queries import count_persons_in_audience, count_persons_in_partnership
from plp.notices.queries.reach import other_partnerships_chosen
from plp.notices.queries.targets import (
    count_doors_homes_or_firms,
    doors_in_target_of_notice,
    target_area_of_notice,
    target_in_words,
)
from plp.people.small_counts import mask_count
from plp.portal.subjects.notices.forms import quarter_label


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


def readers_by_quarter(notice: Notice, language: str, *, at: datetime) -> list[tuple[str, str]]:
    """Each neighbourhood to which a draft goes, its own first, and how many people get it there, few of them not told.

    Raises ``NoPlan``.
    """
    own = (quarter_label(notice.partnership, language), mask_count(count_persons_in_audience(notice, at=at)))
    others = [
        (quarter_label(one, language), mask_count(count_persons_in_partnership(notice, one, at=at)))
        for one in other_partnerships_chosen(notice)
    ]
    return [own, *others]
