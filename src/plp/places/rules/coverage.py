"""What a quarter covers: streets, sides, number ranges, boxes and exceptions (R4). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from plp.places.rules.numbers import HouseNumber, Key, natural_sort_key, normalise_box, parse_house_number

SIDES = ("all", "odd", "even")


@dataclass(frozen=True, slots=True)
class Selector:
    """A part of one street: side, inclusive number range, inclusive box range; an exception when ``excluded``."""

    side: str = "all"
    first: str = ""
    last: str = ""
    box_first: str = ""
    box_last: str = ""
    excluded: bool = False

    def faults(self) -> list[str]:
        """What makes no sense in it, as keys ``side``, ``number``, ``order``; empty when it is sound."""
        lower, upper = parse_house_number(self.first), parse_house_number(self.last)
        names = [] if self.side in SIDES else ["side"]
        if (self.first and lower is None) or (self.last and upper is None):
            names.append("number")
        if lower and upper and not _reaches_bound(lower, upper):
            names.append("order")
        return names

    def matches(self, number: str, box: str = "") -> bool:
        """Whether a door lies in this part of the street.

        ``12-14`` lies in it when either end does. A number that cannot be read lies in a whole street only, a door
        without box in no box range.
        """
        return self._matches_number(number) and self._matches_box(box)

    def _matches_number(self, number: str) -> bool:
        if self.side == "all" and not self.first and not self.last:
            return True
        house = parse_house_number(number)
        if house is None or (self.side != "all" and house.is_odd != (self.side == "odd")):
            return False
        lower, upper = parse_house_number(self.first), parse_house_number(self.last)
        return (lower is None or house.last >= lower.first) and (upper is None or _reaches_bound(house, upper))

    def _matches_box(self, box: str) -> bool:
        if not self.box_first and not self.box_last:
            return True
        key, lower, upper = (natural_sort_key(normalise_box(text)) for text in (box, self.box_first, self.box_last))
        return bool(key) and key >= lower and (not upper or _is_up_to_bound(key, upper))


def _is_up_to_bound(key: Key, bound: Key) -> bool:
    """Whether ``key`` is at or before ``bound``, which takes in everything that begins like itself."""
    return key[: len(bound)] <= bound


def _reaches_bound(house: HouseNumber, bound: HouseNumber) -> bool:
    number, letters = house.first
    return number < bound.last[0] or (number == bound.last[0] and _is_up_to_bound(letters, bound.last[1]))


def selectors_cover_door(selectors: Iterable[Selector], number: str, box: str = "") -> bool:
    """Whether a door of one street is covered by that street's selectors: taken in by one, and excepted by none."""
    taken = False
    for selector in selectors:
        if selector.matches(number, box):
            if selector.excluded:
                return False
            taken = True
    return taken


def is_excepted_by_selectors(selectors: Iterable[Selector], number: str, box: str = "") -> bool:
    """Whether an exception takes this door out, whatever a boundary says."""
    return any(selector.excluded and selector.matches(number, box) for selector in selectors)
