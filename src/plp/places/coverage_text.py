"""The streets of an area in words: whole, by side, by numbers, with their exceptions (R4)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from plp.places.gazetteer import municipality_name_in_one_language
from plp.places.models import Address, Area, CoveredAddress, Street
from plp.places.queries import addresses_of, streets_of
from plp.places.rules import Selector, is_excepted_by_selectors, parse_house_number, selectors_cover_door


@dataclass(frozen=True)
class DescribedPart:
    """A street and what of it belongs to the area; no selector: all of it."""

    street: Street
    selectors: Sequence[Selector] = ()


@dataclass(frozen=True)
class RegisteredDoor:
    """A door of the register, and whether the area covers it."""

    number: str
    box: str
    is_covered: bool


def streets_with_selectors(area: Area) -> list[DescribedPart]:
    """The streets of an area with their selectors, by name: three queries.

    Where those do not come to the doors that the area covers, as where a drawn boundary cuts a street, the numbers are
    read from the register.
    """
    chosen: dict[int, list[Selector]] = {}
    for row in area.coverage.order_by("excluded", "pk"):
        chosen.setdefault(row.street_id, []).append(row.selector)
    streets = list(streets_of(area))
    doors = _registered_doors_by_street(area, streets)
    return [
        DescribedPart(street, selectors_matching_covered_doors(chosen.get(street.pk, ()), doors[street.pk]))
        for street in streets
    ]


def _registered_doors_by_street(area: Area, streets: Sequence[Street]) -> dict[int, list[RegisteredDoor]]:
    covered = Exists(CoveredAddress.objects.filter(area=area, address=OuterRef("pk")))
    rows = Address.objects.filter(street__in=streets).order_by("sort_key", "pk").annotate(is_covered=covered)
    doors: dict[int, list[RegisteredDoor]] = defaultdict(list)
    for street, number, box, is_covered in rows.values_list("street_id", "number", "box", "is_covered"):
        doors[street].append(RegisteredDoor(number, box, is_covered))
    return doors


def selectors_matching_covered_doors(chosen: Sequence[Selector], doors: Sequence[RegisteredDoor]) -> Sequence[Selector]:
    """``chosen`` where it says which of ``doors`` are covered; else the runs of numbers that are, side by side."""
    if all(_is_said_to_be_covered(chosen, door) == door.is_covered for door in doors):
        return chosen
    runs = [run for side in ("odd", "even") for run in _runs_of_covered_numbers(side, doors)]
    return runs or chosen


def _is_said_to_be_covered(chosen: Sequence[Selector], door: RegisteredDoor) -> bool:
    if all(selector.excluded for selector in chosen):
        return not is_excepted_by_selectors(chosen, door.number, door.box)
    return selectors_cover_door(chosen, door.number, door.box)


def _runs_of_covered_numbers(side: str, doors: Sequence[RegisteredDoor]) -> list[Selector]:
    """The numbers of one side that are covered, from one to the other without a gap."""
    covered: dict[str, bool] = {}
    for door in doors:
        number = parse_house_number(door.number)
        if number and number.is_odd == (side == "odd"):
            covered[door.number] = covered.get(door.number, False) or door.is_covered
    runs: list[list[str]] = [[]]
    for number_text, is_covered in covered.items():
        if is_covered:
            runs[-1].append(number_text)
        elif runs[-1]:
            runs.append([])
    return [Selector(side, run[0], run[-1]) for run in runs if run]


def covered_postcodes(area: Area) -> set[tuple[str, str]]:
    """Under which postcodes of which municipalities (NIS codes) the doors of an area lie."""
    return set(addresses_of(area).order_by().exclude(postcode="").values_list("postcode", "street__nis").distinct())


def whole_street_sentence(postcodes: Iterable[tuple[str, str]], language: str) -> str:
    """What a street named without numbers means: all its doors, as far as the ``postcodes`` of the area go.

    A street may go on under another postcode, and the register at hand may hold one of them only. The municipality
    stands beside it where there are several: a postcode is often that of a village.
    """
    parts = sorted(postcodes)
    towns = [postcode for postcode, _nis in parts]
    if len({nis for _postcode, nis in parts}) > 1:
        towns = [f"{postcode} ({municipality_name_in_one_language(nis, language)})" for postcode, nis in parts]
    if not towns:
        return _("A street with nothing beside it is covered whole, on both sides, within its municipality.")
    return _("A street with nothing beside it is covered whole, on both sides: all its addresses with postcode %s.") % (
        ", ".join(towns)
    )


def street_part_text(part: DescribedPart, language: str = "") -> str:
    """``Rue du Moulin``, ``Rue Haute / Hoogstraat (even numbers, 2 to 40; except 12)`` in the active language; on a
    paper, which is in one ``language``, the street in it alone.
    """
    included = [_selector_text(selector) for selector in part.selectors if not selector.excluded]
    excluded = [_selector_text(selector) for selector in part.selectors if selector.excluded]
    phrases = [words for words in included if words] if all(included) else []
    phrases += [_("except %s") % (words or _("a part")) for words in excluded]
    name = (part.street.name(language) if language else part.street.names).replace("'", "’")
    return f"{name} ({'; '.join(phrases)})" if phrases else name


def _selector_text(selector: Selector) -> str:
    """The side and the numbers of one selector; empty for a whole street."""
    sides = {"odd": _("odd numbers"), "even": _("even numbers")}
    bounds = {"first": selector.first, "last": selector.last}
    phrases = [sides[selector.side]] if selector.side in sides else []
    if selector.first and selector.first == selector.last:
        phrases.append(_("number %s") % selector.first)
    elif selector.first and selector.last:
        phrases.append(_("numbers %(first)s to %(last)s") % bounds)
    elif selector.first:
        phrases.append(_("from number %s on") % selector.first)
    elif selector.last:
        phrases.append(_("up to number %s") % selector.last)
    boxes = " – ".join(dict.fromkeys(box for box in (selector.box_first, selector.box_last) if box))
    if boxes:
        phrases.append(_("boxes %s") % boxes)
    return ", ".join(phrases)
