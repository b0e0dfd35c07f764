"""Pictures made by the server, as template tags that need no ``{% load %}``: maps on which one can choose, diagrams."""

from collections.abc import Container, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from plp.delivery.queries import Tally
from plp.documents import Flow, diagram
from plp.places.queries.maps import Map
from plp.places.rules.frames import units_per_degree
from plp.places.rules.tiles import map_tiles_covering_frame
from plp.portal.shell.share_bars import bar_pieces, shown_delivery_parts

register = template.Library()
CORNER = ("west", "north", "along", "across")  # what turns a tap into a place
PARTS = "shell/components"


@register.inclusion_tag(f"{PARTS}/map.html")
def map(
    drawn: Map,
    field: BoundField | None = None,
    links: Mapping[str, str] | None = None,
    reached: Container[str] = (),
    **given: Any,
) -> dict[str, Any]:
    """A map. With ``field``, check boxes whose values are the keys of streets or quarters, a tap ticks one of them.

    Without script a tap leads to the check box. The list beside it says the same, so the map itself is silent; one
    without ``field`` has a ``label``. ``about``: the key of the quarter that it is about. ``links``: where a tap on a
    quarter leads, by its key. ``reached``: the keys of streets that are drawn thick. ``legend``: what that says.
    """
    boxes = {str(box.data["value"]): box.id_for_label for box in field} if field is not None else {}
    links = {key: f"#{box}" for key, box in boxes.items()} | dict(links or {})
    quarters = [(one, boxes.get(one.key, ""), links.get(one.key, "")) for one in drawn.quarters]
    chosen = [one for one, box, _link in quarters if box]
    return {
        "drawn": drawn,
        "quarters": quarters,
        "streets": [(one, boxes.get(one.key, ""), one.key in reached) for one in drawn.streets],
        "named": [dot for dot in drawn.quarters if dot.x] if drawn.are_dots else chosen or drawn.municipalities,
        **_map_layers_context(drawn),
        "picks": bool(boxes),
        **given,
    }


@register.inclusion_tag(f"{PARTS}/drawing.html")
def drawing(drawn: Map, label: Any, target: BoundField, chosen: Container[str] = (), about: str = "") -> dict[str, Any]:
    """A map on which one draws a border, by taps or by keys; its corners are lines of ``target``, latitude first.

    ``chosen``: the keys of streets that are drawn thick. ``about``: the key of the quarter whose border it is.
    """
    west, _south, _east, north = drawn.frame
    along, across = units_per_degree(drawn.frame)
    numbers = {key: repr(one) for key, one in zip(CORNER, (west, north, along, across), strict=True)}
    return {
        "drawn": drawn,
        "streets": [(street, street.key in chosen) for street in drawn.streets],
        "others": [quarter for quarter in drawn.quarters if quarter.key != about],
        "chosen": any(street.key in chosen for street in drawn.streets),
        "own": [quarter for quarter in drawn.quarters if quarter.key == about],
        "label": label,
        "target": target,
        "numbers": numbers,
        **_map_layers_context(drawn),
    }


def _map_layers_context(drawn: Map) -> dict[str, Any]:
    """How the towns are called, whose borders are drawn once more above all grounds; the pictures that lie below, if
    the platform is set to have any, and whose they are.
    """
    west, _south, _east, north = drawn.frame
    towns = f"towns-{west}-{north}"
    if not settings.MAP_TILES:
        return {"towns": towns, "tiles": [], "tiles_by": ""}
    return {
        "towns": towns,
        "tiles": [
            {
                "url": settings.MAP_TILES.format(z=one.zoom, x=one.column, y=one.row),
                "place": {name: str(getattr(one, name)) for name in ("x", "y", "width", "height")},
            }
            for one in map_tiles_covering_frame(drawn.frame)
        ],
        "tiles_by": settings.MAP_TILES_BY,
    }


@register.simple_tag
def flow(drawn: Flow) -> SafeString:
    """A chain of hands as a diagram: downwards, or from left to right where the page has room for it."""
    return mark_safe(diagram.diagram_svg(drawn) + diagram.diagram_svg_across(drawn))  # noqa: S308 - ours, every word escaped


@register.inclusion_tag(f"{PARTS}/share.html")
def delivery(tally: Tally) -> dict[str, Any]:
    """What became of a message, as one bar with its list."""
    parts = shown_delivery_parts(tally)
    return {"whole": tally.audience, "label": _("people"), "parts": parts, "pieces": bar_pieces(parts)}
