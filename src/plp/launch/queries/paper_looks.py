"""How the papers of zones and municipalities look: what they gave, by the path of their area."""

from collections.abc import Mapping, Sequence

from plp.documents.colours import HOUSE, SCHEMES, Colours
from plp.launch.models import PaperLook
from plp.places.models import Area


def paper_looks_by_path(areas: Sequence[Area]) -> dict[str, PaperLook]:
    """What ``areas`` gave to their papers, by path; none for an area that gave nothing. One query."""
    return {look.area.path: look for look in PaperLook.objects.filter(area__in=areas).select_related("area")}


def zone_and_its_municipalities(zone: Area) -> list[Area]:
    """Whose logos a zone puts on its papers: its own first, then its municipalities. One query."""
    return [zone, *Area.objects.inside(zone.path).filter(kind=Area.Kind.MUNICIPALITY).order_by("path")]


def zone_colours(zone: Area | None, looks: Mapping[str, PaperLook]) -> Colours:
    """The colours that a zone chose, else our own."""
    look = looks.get(zone.path) if zone else None
    return SCHEMES[look.colours] if look else HOUSE
