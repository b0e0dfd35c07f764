"""How zones and municipalities look on papers and pages: what they gave, by the path of their area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.documents.colours import HOUSE, SCHEMES, Colours
from plp.launch.models import PaperLook
from plp.places.models import Area
from plp.places.municipality_titles import municipality_title
from plp.places.queries import municipalities_of_quarter


@dataclass(frozen=True)
class Authority:
    """A municipality or police zone of a partnership, by the name that it bears in a language."""

    area: Area
    name: str
    has_logo: bool = False


def authorities_of_quarter(quarter: Area, language: str) -> list[Authority]:
    """The municipalities and the police zone of ``quarter``, with whether each gave a logo.

    One query; some more where the quarter lies in several municipalities.
    """
    around = list(_annotated_with_has_logo(Area.objects.containing(quarter.path)))
    zone = next((area for area in around if area.kind == Area.Kind.ZONE), None)
    municipalities = [area for area in around if area.kind == Area.Kind.MUNICIPALITY]
    if not municipalities:
        several = [area.pk for area in municipalities_of_quarter(quarter)]
        municipalities = list(_annotated_with_has_logo(Area.objects.filter(pk__in=several).order_by("nis")))
    with_logo = {area.pk for area in (*municipalities, *around) if area.has_logo}
    named = named_authorities(municipalities, zone, language)
    return [Authority(area, name, has_logo=area.pk in with_logo) for area, name in named]


def _annotated_with_has_logo(areas: QuerySet[Area]) -> QuerySet[Any]:
    """``areas``, each with ``has_logo``."""
    return areas.annotate(has_logo=Exists(PaperLook.objects.filter(area=OuterRef("pk"), logo__isnull=False)))


def named_authorities(municipalities: Sequence[Area], zone: Area | None, language: str) -> list[tuple[Area, str]]:
    """Each with what it is called in ``language``: the municipalities, then the police zone."""
    named = [(area, municipality_title(area, language)) for area in municipalities]
    with override(language):
        return [*named, (zone, _("Police zone %s") % zone.name(language))] if zone else named


def paper_look_with_logo_or_none(area: Area) -> PaperLook | None:
    """The look of ``area`` where it gave a logo."""
    return PaperLook.objects.filter(area=area, logo__isnull=False).first()


def paper_looks_by_path(areas: Sequence[Area]) -> dict[str, PaperLook]:
    """What ``areas`` gave to their papers, by path; none for an area that gave nothing. One query."""
    return {look.area.path: look for look in PaperLook.objects.filter(area__in=areas).select_related("area")}


def zone_and_its_municipalities(zone: Area) -> list[Area]:
    """Whose logos a zone puts on its papers: its own first, then its municipalities. One query."""
    return [zone, *Area.objects.inside(zone.path).filter(kind=Area.Kind.MUNICIPALITY).order_by("path")]


def zone_paper_colours_or_default(zone: Area | None, looks: Mapping[str, PaperLook]) -> Colours:
    """The colours that a zone chose, else our own."""
    look = looks.get(zone.path) if zone else None
    return SCHEMES[look.colours] if look else HOUSE
