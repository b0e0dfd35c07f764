"""The doors of one quarter, read once: for whoever has thousands of addresses to look up."""

from collections import defaultdict
from dataclasses import dataclass

from plp.places.gazetteer import nis_codes_by_postcode, nis_codes_of_name
from plp.places.models import Area, Street
from plp.places.queries.coverage import addresses_of, street_parts_of, streets_of
from plp.places.rules import Selector, parse_house_number, selectors_cover_door, spelling_variants, split_house
from plp.places.rules.numbers import HouseNumber


@dataclass(frozen=True)
class DoorIndex:
    """Streets by every folded name, the parts of streets that were chosen, and the registered doors."""

    named: dict[str, list[Street]]
    parts: dict[int, list[Selector]]
    registered: set[tuple[int, HouseNumber]]
    municipalities: frozenset[str] = frozenset()  # NIS codes

    def is_of_other_municipality(self, postcode: str, city: str) -> bool:
        """Whether a postcode, or without one the name of a municipality, is that of others than those of the quarter.

        A postcode or a name that no Belgian municipality has excludes nothing.
        """
        places = frozenset(nis_codes_by_postcode().get(postcode, ())) if postcode else nis_codes_of_name(city)
        return bool(places and self.municipalities) and not places & self.municipalities

    def find_street(self, name: str, postcode: str = "") -> Street | None:
        """The street of the quarter called ``name`` in any language, or in two with a stroke between; else ``None``."""
        for part in (name, *name.split(" / "), *name.split(" - ")):
            for form in spelling_variants(part):
                streets = self.named.get(form, [])
                if streets:
                    return next((street for street in streets if street.postcode == postcode), streets[0])
        return None

    def covers_door(self, street: Street, house: str) -> bool:
        """Whether the quarter covers this door, as ``quarters_covering_door`` judges it."""
        number, box = split_house(house)
        read = parse_house_number(number)
        chosen = self.parts.get(street.pk, [])
        return selectors_cover_door(chosen, number, box) or (read is not None and (street.pk, read) in self.registered)


def door_index(quarter: Area) -> DoorIndex:
    """The streets and doors of a quarter: three queries."""
    named: dict[str, list[Street]] = defaultdict(list)
    streets = list(streets_of(quarter))
    for street in streets:
        for name in street.folded.split("|"):
            named[name].append(street)
    parts: dict[int, list[Selector]] = defaultdict(list)
    for part in street_parts_of(quarter):
        parts[part.street.pk].append(part.selector)
    rows = addresses_of(quarter).order_by().values_list("street_id", "number")
    registered = {(street, read) for street, number in rows if (read := parse_house_number(number)) is not None}
    return DoorIndex(dict(named), dict(parts), registered, frozenset(street.nis for street in streets))
