"""Counts of persons, told only where nobody can be found by them (T53). Pure."""

from collections.abc import Iterable

FEWEST = 5  # persons, answers or forms: fewer are not told apart (R141, T42, T53)
WITHHELD = "–"


def is_small(number: int) -> bool:
    """Whether a count could tell of somebody: one to four. Nobody is found in none."""
    return 0 < number < FEWEST


def mask_count(number: int) -> str:
    """A count of persons in a table: a small one is no more than "fewer than five"."""
    return f"<\N{NO-BREAK SPACE}{FEWEST}" if is_small(number) else str(number)


def mask_pair_with_known_sum(first: int, other: int) -> tuple[str, str]:
    """Two counts whose sum or difference stands nearby: if just one of them is small, the other is not told either."""
    hidden = is_small(first), is_small(other)
    if hidden == (True, False):
        return mask_count(first), WITHHELD
    return (WITHHELD, mask_count(other)) if hidden == (False, True) else (mask_count(first), mask_count(other))


def mask_sum_of_counts(counts: Iterable[int]) -> str:
    """The sum of counts that stand one by one elsewhere: only what is told there, and that there are more."""
    numbers = list(counts)
    if len(numbers) == 1:
        return mask_count(numbers[0])
    shown, hidden = sum(number for number in numbers if not is_small(number)), sum(map(is_small, numbers))
    if hidden and not shown:
        return f"<\N{NO-BREAK SPACE}{FEWEST * hidden}"
    return f"{shown}+" if hidden else str(shown)


def mask_counts_with_known_total(counts: Iterable[int]) -> list[str]:
    """Counts that add up to what is known: where just one of them is small, the smallest other one is not told."""
    numbers = list(counts)
    small = [place for place, number in enumerate(numbers) if is_small(number)]
    others = sorted((number, place) for place, number in enumerate(numbers) if number and place not in small)
    withheld = {others[0][1]} if len(small) == 1 and others else set()
    return [WITHHELD if place in withheld else mask_count(number) for place, number in enumerate(numbers)]
