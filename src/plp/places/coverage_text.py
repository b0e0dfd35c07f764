"""The streets of an area in words: whole, by side, by numbers, with their exceptions (R4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from plp.places.models import Area, Street
from plp.places.queries import streets_of
from plp.places.rules import Selector


@dataclass(frozen=True)
class DescribedPart:
    """A street and what of it belongs to the area; no selector: what the drawn boundary takes in."""

    street: Street
    selectors: Sequence[Selector] = ()


def streets_with_selectors(area: Area) -> list[DescribedPart]:
    """The streets of an area with their selectors, by name: two queries."""
    chosen: dict[int, list[Selector]] = {}
    for row in area.coverage.order_by("excluded", "pk"):
        chosen.setdefault(row.street_id, []).append(row.selector)
    return [DescribedPart(street, chosen.get(street.pk, ())) for street in streets_of(area)]


def part_text(part: DescribedPart) -> str:
    """``Rue du Moulin``, ``Rue Haute / Hoogstraat (even numbers, 2 to 40; except 12)`` in the active language."""
    included = [_selector_text(selector) for selector in part.selectors if not selector.excluded]
    excluded = [_selector_text(selector) for selector in part.selectors if selector.excluded]
    phrases = [words for words in included if words] if all(included) else []
    phrases += [_("except %s") % (words or _("a part")) for words in excluded]
    name = part.street.names
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
