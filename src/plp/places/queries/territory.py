"""Which zone and municipality."""

import unicodedata
from difflib import get_close_matches

from plp.places.gazetteer import current_nis, municipalities_by_nis
from plp.places.models import Area
from plp.places.queries.coverage import streets_of

SHORTEST_PART = 3  # letters of a name of which one that holds them is told


def municipality_of(nis: str) -> Area:
    """The municipality with NIS code ``nis``, of today or ended by a merger. Raises ``Area.DoesNotExist``."""
    return Area.objects.get(kind=Area.Kind.MUNICIPALITY, nis=current_nis(nis))


def zone_of(nis: str) -> Area:
    """The police zone of the municipality ``nis``: by its code, never by a point on a map.

    Raises ``Area.DoesNotExist`` for a code that no municipality has or had.
    """
    municipality = municipalities_by_nis().get(current_nis(nis))
    if municipality is None:
        raise Area.DoesNotExist
    return Area.objects.get(kind=Area.Kind.ZONE, path=f"be/{municipality.zone}/")


def zone_around(area: Area) -> Area | None:
    """The police zone in which ``area`` lies; ``None`` outside every zone."""
    return next(
        (surrounding for surrounding in Area.objects.containing(area.path) if surrounding.kind == Area.Kind.ZONE), None
    )


def zone_path(path: str) -> str:
    """The path of the police zone around the area at ``path`` (``be/z118/``): its first two parts."""
    return "/".join(path.split("/")[:2]) + "/"


def municipalities_of_quarter(area: Area) -> list[Area]:
    """The municipality in which a quarter lies; where it crosses a border, those of its streets by NIS code."""
    own = list(Area.objects.containing(area.path).filter(kind=Area.Kind.MUNICIPALITY))
    if own:
        return own
    codes = {current_nis(nis) for nis in streets_of(area).values_list("nis", flat=True).distinct()}
    return list(Area.objects.filter(kind=Area.Kind.MUNICIPALITY, nis__in=codes).order_by("nis"))


def zone_by_key(key: str) -> Area | None:
    """The police zone whose part of the path is ``key`` (``z118``); ``None`` when there is none."""
    return Area.objects.filter(kind=Area.Kind.ZONE, path=f"be/{key}/").first()


def _fold_name(name: str) -> str:
    """A name without accents, capitals, and signs that people type differently."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).casefold().split())


def areas_by_name_or_nis(kind: str, name_or_nis: str) -> list[Area]:
    """The zones or municipalities that ``name_or_nis`` means: a name in any language, or a NIS code (of a zone, one of
    its municipalities). Several when the name is that of several.
    """
    if name_or_nis.strip().isdecimal():
        try:
            return [zone_of(name_or_nis.strip()) if kind == Area.Kind.ZONE else municipality_of(name_or_nis.strip())]
        except Area.DoesNotExist:
            return []
    wanted = _fold_name(name_or_nis)
    areas = Area.objects.filter(kind=kind).order_by("path")
    return [
        area
        for area in areas
        if wanted in {_fold_name(area.name_fr), _fold_name(area.name_nl), _fold_name(area.name_de)}
    ]


def similar_area_names(kind: str, typed_name: str, *, limit: int = 3) -> list[str]:
    """Names of zones or municipalities that hold ``typed_name`` or are written nearly so, the nearest first."""
    wanted = _fold_name(typed_name)
    rows = Area.objects.filter(kind=kind).order_by("path").values_list("name_fr", "name_nl", "name_de")
    names = {_fold_name(name): name for row in rows for name in row if name}
    nearly = get_close_matches(wanted, names, n=limit)
    holding = [name for name in names if wanted in name] if len(wanted) >= SHORTEST_PART else []
    return [names[name] for name in dict.fromkeys([*nearly, *holding])][:limit]
