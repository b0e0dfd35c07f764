"""Maps for more than one subject: no tile, no other host, no dot for a home (R4)."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

from plp.partnership.models import Partnership
from plp.partnership.queries import names_and_keys_by_alphabet
from plp.places.models import Area, Street
from plp.places.queries.maps import Map, frame_of_area, map_of_quarters, map_of_streets

DRAWN_BY = version("plp")  # another one may not read what is kept
KEPT = 3_600  # seconds: doors of the register move slowly


def quarters_map(partnerships: Iterable[Partnership], language: str) -> Map | None:
    """A map to choose among partnerships; ``None`` where there is nothing to choose or nothing drawn."""
    areas = {str(one.pk): one.area for one in partnerships}
    return map_of_quarters(areas, language) if len(areas) > 1 else None


def public_quarters_map(partnerships: QuerySet[Partnership], language: str) -> Map | None:
    """The quarters that are shown to everybody, by the keys of their partnerships; ``None`` while none is drawn.

    Which they are and what they are called is of now; where they lie is at most an hour old.
    """
    shown = partnerships.filter(is_on_map=True)
    name = f"map_of_all.{_map_cache_digest([*names_and_keys_by_alphabet(shown, language), language])}"
    drawn: Map | None = cache.get(name)
    if drawn is None:
        drawn = map_of_quarters({partnership.key: partnership.area for partnership in shown}, language)
        cache.set(name, drawn, KEPT)
    return drawn


def streets_map(area: Area, streets: Sequence[Street], language: str) -> Map | None:
    """The streets of a quarter, to choose among them; ``None`` where nothing of it has a place."""
    frame = frame_of_area(area)
    return map_of_streets(area, streets, frame, language) if frame else None


def public_streets_map(area: Area, streets: Sequence[Street], language: str) -> Map | None:
    """The same, at most an hour old: hundreds of streets are drawn once, not for each of its readers."""
    drawn_of = [area.path, area.boundary, area.outline, sorted(street.pk for street in streets), language]
    name = f"streets_map.{_map_cache_digest(drawn_of)}"
    drawn: Map | None = cache.get(name)
    if drawn is None:
        drawn = streets_map(area, streets, language)
        cache.set(name, drawn, KEPT)
    return drawn


def _map_cache_digest(drawn_of: list[Any]) -> str:
    return sha256(json.dumps([DRAWN_BY, *drawn_of]).encode()).hexdigest()


def quarter_map(area: Area, language: str) -> Map | None:
    """One quarter among the municipalities, for its public page; ``None`` while nothing of it is drawn."""
    return map_of_quarters({area.path: area}, language)
