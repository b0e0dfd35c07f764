"""What a quarter covers: laid down by parts of streets and a boundary, and worked out to addresses."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from plp.journal.actions import note
from plp.places.actions.refusals import (
    AlreadyDrawn,
    BadBoundary,
    BadSelector,
    NotAQuarter,
    NothingCovered,
    OutsideParent,
)
from plp.places.models import Address, Area, Coverage, CoveredAddress
from plp.places.queries.coverage import (
    StreetPart,
    address_keys_by_selectors,
    address_keys_in_boundary,
    nis_codes_a_quarter_may_cover,
)
from plp.places.rules.shapes import blurred_hull, read_boundary
from plp.toolbox.moves import Refused

BATCH = 2_000


@transaction.atomic
def draw_quarter_and_count_addresses(
    *, area: Area, selectors: Sequence[StreetPart], boundary: Any = None, by: models.Model | None, at: datetime
) -> int:
    """Say for the first time what a quarter covers: parts of streets, a boundary (GeoJSON, WGS84), or both.

    Answers the number of addresses of the register covered. Raises ``AlreadyDrawn``, ``NotAQuarter``,
    ``NothingCovered``, ``OutsideParent``, ``BadSelector`` and ``BadBoundary``.
    """
    if lock_standing_quarter(area).drawn_at is not None:
        raise AlreadyDrawn
    return _check_store_and_count_coverage(area, selectors, boundary, verb="places.drawn", by=by, at=at)


@transaction.atomic
def redraw_quarter_and_count_addresses(
    *, area: Area, selectors: Sequence[StreetPart], boundary: Any = None, by: models.Model | None, at: datetime
) -> int:
    """Replace what a quarter covers.

    Answers and refuses as ``draw_quarter_and_count_addresses``, but for ``AlreadyDrawn``.
    """
    lock_standing_quarter(area)
    return _check_store_and_count_coverage(area, selectors, boundary, verb="places.redrawn", by=by, at=at)


@transaction.atomic
def refresh_quarter_coverage(*, municipalities: Iterable[str], by: models.Model | None, at: datetime) -> int:
    """Work out again what every drawn quarter of these municipalities (NIS codes) covers, after the register changed.

    Answers how many quarters cover other addresses than before; each of these is noted.
    """
    codes = set(municipalities)
    paths = Area.objects.filter(kind=Area.Kind.MUNICIPALITY, nis__in=codes).values_list("path", flat=True)
    zones = {path.rstrip("/").rpartition("/")[0] + "/" for path in paths}
    inside = Q(nis__in=codes) | Q(nis="", path__in=_paths_of_quarters_across_municipalities(zones))
    changed = 0
    for area in (
        Area.objects.standing_quarters()
        .filter(inside, drawn_at__isnull=False)
        .order_by("path")
        .select_for_update(no_key=True)
    ):
        before = area.covered.count()
        differences, covered = _recompute_changed_and_covered(area)
        if differences:
            changed += 1
            note(verb="places.refreshed", by=by, at=at, area=area.path, target=area, before=before, covered=covered)
    return changed


def _paths_of_quarters_across_municipalities(zones: Iterable[str]) -> list[str]:
    """The paths of quarters that lie in a zone itself, over more than one municipality."""
    quarters = Area.objects.standing_quarters().filter(nis="").values_list("path", flat=True)
    wanted = set(zones)
    return [path for path in quarters if path.rstrip("/").rpartition("/")[0] + "/" in wanted]


def lock_standing_quarter(area: Area, *, refusal: type[Refused] = NotAQuarter) -> Area:
    """The row of a quarter that still stands, locked. Raises ``refusal`` when it is another area or was merged."""
    row = Area.objects.standing_quarters().select_for_update(no_key=True).filter(pk=area.pk).first()
    if row is None:
        raise refusal
    return row


def _check_store_and_count_coverage(
    area: Area, parts: Sequence[StreetPart], boundary: Any, *, verb: str, by: models.Model | None, at: datetime
) -> int:
    if boundary is not None:
        try:
            read_boundary(boundary)
        except ValueError as wrong:
            raise BadBoundary from wrong
    if boundary is None and all(part.selector.excluded for part in parts):
        raise NothingCovered
    if any(part.selector.faults() for part in parts):
        raise BadSelector
    allowed = nis_codes_a_quarter_may_cover(area)
    if any(part.street.nis not in allowed for part in parts):
        raise OutsideParent
    replace_selectors_and_boundary(area, parts, boundary, at=at)
    covered = recompute_and_count_covered(area)
    details = {"streets": len({part.street.pk for part in parts}), "has_boundary": boundary is not None}
    note(verb=verb, by=by, at=at, area=area.path, target=area, covered=covered, **details)
    return covered


def replace_selectors_and_boundary(area: Area, parts: Iterable[StreetPart], boundary: Any, *, at: datetime) -> None:
    """Replace the selectors and the boundary of ``area``."""
    area.coverage.all().delete()
    rows = [
        Coverage(
            area=area,
            street=part.street,
            side=part.selector.side,
            first=part.selector.first,
            last=part.selector.last,
            box_first=part.selector.box_first,
            box_last=part.selector.box_last,
            excluded=part.selector.excluded,
        )
        for part in dict.fromkeys(parts)
    ]
    Coverage.objects.bulk_create(rows, batch_size=BATCH)
    area.boundary = boundary
    area.drawn_at = at
    area.save(update_fields=["boundary", "drawn_at"])


def recompute_and_count_covered(area: Area) -> int:
    """Work out selectors and boundary of ``area`` to addresses, and draw its outline. Answers how many it covers."""
    return _recompute_changed_and_covered(area)[1]


def _recompute_changed_and_covered(area: Area) -> tuple[int, int]:
    wanted = address_keys_by_selectors(area) | address_keys_in_boundary(area)
    present = set(area.covered.values_list("address_id", flat=True))
    gone, new = present - wanted, sorted(wanted - present)
    for batch in _split_into_batches(sorted(gone)):
        area.covered.filter(address_id__in=batch).delete()
    CoveredAddress.objects.bulk_create([CoveredAddress(area=area, address_id=pk) for pk in new], batch_size=BATCH)
    points = Address.objects.filter(covered_by__area=area).values_list("longitude", "latitude")
    area.outline = area.boundary or blurred_hull((x, y) for x, y in points if x is not None and y is not None)
    area.save(update_fields=["outline"])
    return len(gone) + len(new), len(wanted)


def _split_into_batches(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
