"""A part of a quarter that a message goes to: parts of streets, or what lies around a door or a crossing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plp.places.rules.coverage import Selector
from plp.places.rules.numbers import parse_house_number, split_house

FEWEST_DOORS = 10  # fewer would single somebody out
FIRMS, RESIDENTS = "firms", "residents"  # to whom of the members it goes; empty: to both
RADII = (100, 200, 300, 500, 1000)  # metres


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``metres`` around a door of a street, or around its crossing with another; streets by their keys."""

    street: int
    metres: int
    number: str = ""
    crossing: int | None = None


@dataclass(frozen=True, slots=True)
class TargetArea:
    """Parts of streets, by their keys, or the surroundings of a place, or the whole quarter; and who there is meant."""

    parts: Sequence[tuple[int, Selector]] = ()
    around: Surroundings | None = None
    members: str = ""

    @property
    def is_part(self) -> bool:
        """Whether it is less than the whole quarter."""
        return bool(self.parts) or self.around is not None

    @property
    def streets(self) -> set[int]:
        """The keys of every street that is named."""
        if self.around is None:
            return {street for street, _selector in self.parts}
        return {self.around.street} | ({self.around.crossing} if self.around.crossing else set())


def target_area_data(area: TargetArea) -> dict[str, Any]:
    """The same as plain values for JSON; ``target_area_from`` reads it."""
    members = {"members": area.members} if area.members else {}
    if area.around is not None:
        place = area.around
        named = {"street": place.street, "number": place.number, "crossing": place.crossing, "metres": place.metres}
        return {"around": named} | members
    return {
        "streets": [
            {"street": street, "side": part.side, "first": part.first, "last": part.last} for street, part in area.parts
        ],
        **members,
    }


def target_area_from(stored: Mapping[str, Any]) -> TargetArea:
    """The target area behind what ``target_area_data`` wrote."""
    members = stored.get("members", "")
    if "around" in stored:
        return TargetArea(around=Surroundings(**stored["around"]), members=members)
    parts = [(row["street"], Selector(row["side"], row["first"], row["last"])) for row in stored["streets"]]
    return TargetArea(tuple(parts), members=members)


@dataclass(frozen=True, slots=True)
class TargetedDoors:
    """What a target area comes to in a quarter: whole streets, parts of streets, and house numbers near a place.

    ``registered`` counts the doors of the register among them.
    """

    registered: int
    whole_streets: frozenset[int] = frozenset()
    parts: Mapping[int, Sequence[Selector]] | None = None
    numbers: Mapping[int, frozenset[int]] | None = None

    @property
    def partial_streets(self) -> set[int]:
        """The streets of which some doors are meant, and some are not."""
        return {*(self.parts or ()), *(self.numbers or ())} - self.whole_streets

    def includes_house(self, street: int, house: str) -> bool:
        """Whether a house of a street, as somebody wrote it, is meant: ``12A`` lies where ``12`` does."""
        if street in self.whole_streets:
            return True
        number, box = split_house(house)
        if any(part.matches(number, box) for part in (self.parts or {}).get(street, ())):
            return True
        read = parse_house_number(number)
        return read is not None and read.first[0] in (self.numbers or {}).get(street, ())
