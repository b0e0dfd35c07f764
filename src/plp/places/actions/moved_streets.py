"""Parts of streets go from one quarter to another, and back exactly as they were."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from plp.journal.actions import note
from plp.places.actions.coverage import lock_quarter, renew_coverage, store_coverage
from plp.places.actions.refusals import BadSelector, NothingCovered, OutsideParent
from plp.places.models import Address, Area, Street
from plp.places.queries.coverage import StreetPart, municipalities_of, parts_of
from plp.places.rules import Selector
from plp.places.rules.moved_parts import WHOLE, is_moved_wholly, move_selector

type Snapshot = dict[str, Any]


@transaction.atomic
def move_streets(
    *, area: Area, other: Area, parts: Sequence[StreetPart], by: models.Model | None, at: datetime
) -> None:
    """Let ``other`` cover these parts of streets instead of ``area``.

    Raises ``NotAQuarter``, ``OutsideParent``, ``BadSelector`` where exceptions of one of the two stand in the way, and
    ``NothingCovered`` when nothing would be left of ``area``.
    """
    for quarter in sorted((area, other), key=lambda quarter: quarter.path):
        lock_quarter(quarter)
    if any(part.street.nis not in municipalities_of(other) for part in parts):
        raise OutsideParent
    own, theirs = moved_coverage(area, other, parts)
    if area.boundary is None and all(part.selector.excluded for part in own):
        raise NothingCovered
    for quarter, wanted in ((area, own), (other, theirs)):
        store_coverage(quarter, wanted, quarter.boundary, at=at)
        covered = renew_coverage(quarter)
        note(verb="places.redrawn", by=by, at=at, area=quarter.path, target=quarter, covered=covered)
    if not area.covered.exists() and Address.objects.filter(covered_by__area=other).exists():
        raise NothingCovered


def moved_coverage(
    area: Area, other: Area | None, parts: Iterable[StreetPart]
) -> tuple[list[StreetPart], list[StreetPart]]:
    """What both quarters cover once these parts have gone from ``area`` to ``other``; ``None``: a new one.

    Raises ``BadSelector``.
    """
    own, theirs = _by_street(area), _by_street(other) if other else defaultdict(list)
    streets = {part.street.pk: part.street for quarter in (area, other) if quarter for part in parts_of(quarter)}
    for part in parts:
        street = part.street
        streets[street.pk] = street
        before = own[street.pk]
        left, taken = move_selector(before, theirs[street.pk], part.selector)
        if area.boundary is not None and part.selector == WHOLE:
            left = [Selector(excluded=True)]
        doors = list(Address.objects.filter(street=street).values_list("number", "box"))
        covered = [door for door in doors if not before or any(selector.matches(*door) for selector in before)]
        if part.selector != WHOLE and not is_moved_wholly(covered, left, taken, part.selector):
            raise BadSelector
        own[street.pk], theirs[street.pk] = left, taken
    return _as_parts(own, streets), _as_parts(theirs, streets)


def _by_street(area: Area) -> dict[int, list[Selector]]:
    selectors: dict[int, list[Selector]] = defaultdict(list)
    for part in parts_of(area):
        selectors[part.street.pk].append(part.selector)
    return selectors


def _as_parts(selectors: Mapping[int, Sequence[Selector]], streets: Mapping[int, Street]) -> list[StreetPart]:
    return [StreetPart(streets[street], selector) for street, chosen in selectors.items() for selector in chosen]


def quarter_snapshot(area: Area) -> Snapshot:
    """What a quarter covers, as plain values for JSON; ``restore_quarter`` reads it."""
    fields = ("street_id", "side", "first", "last", "box_first", "box_last", "excluded")
    return {
        "coverage": [list(row) for row in area.coverage.order_by("pk").values_list(*fields)],
        "boundary": area.boundary,
        "outline": area.outline,
        "drawn_at": area.drawn_at.isoformat() if area.drawn_at else "",
    }


@transaction.atomic
def restore_quarter(*, area: Area, snapshot: Snapshot, by: models.Model | None, at: datetime) -> None:
    """Let a quarter cover again what it did when the snapshot was taken; one that was merged stands again."""
    streets = Street.objects.in_bulk([row[0] for row in snapshot["coverage"]])
    Area.objects.filter(pk=area.pk).update(merged_into=None)
    area.merged_into = None
    parts = [StreetPart(streets[street], Selector(*selector)) for street, *selector in snapshot["coverage"]]
    store_coverage(area, parts, snapshot["boundary"], at=at)
    covered = renew_coverage(area)
    area.outline = snapshot["outline"]
    area.drawn_at = datetime.fromisoformat(snapshot["drawn_at"]) if snapshot["drawn_at"] else None
    area.save(update_fields=["outline", "drawn_at"])
    note(verb="places.restored", by=by, at=at, area=area.path, target=area, covered=covered)
