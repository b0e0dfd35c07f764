"""Parts of streets go from one quarter to another, and back exactly as they were."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from plp.journal.actions import note
from plp.places.actions.coverage import (
    lock_standing_quarter,
    recompute_and_count_covered,
    replace_selectors_and_boundary,
)
from plp.places.actions.refusals import BadSelector, NothingCovered, OutsideParent
from plp.places.models import Address, Area, Street
from plp.places.queries.coverage import StreetPart, nis_codes_a_quarter_may_cover
from plp.places.queries.moved_streets import Snapshot, coverage_of_both_after_move
from plp.places.rules import Selector


@transaction.atomic
def move_streets(
    *, area: Area, other: Area, parts: Sequence[StreetPart], by: models.Model | None, at: datetime
) -> None:
    """Let ``other`` cover these parts of streets instead of ``area``.

    Raises ``NotAQuarter``, ``OutsideParent``, ``BadSelector`` where exceptions of one of the two stand in the way, and
    ``NothingCovered`` when nothing would be left of ``area``.
    """
    for quarter in sorted((area, other), key=lambda quarter: quarter.path):
        lock_standing_quarter(quarter)
    if any(part.street.nis not in nis_codes_a_quarter_may_cover(other) for part in parts):
        raise OutsideParent
    wanted_parts = coverage_of_both_after_move(area, other, parts)
    if wanted_parts is None:
        raise BadSelector
    own, theirs = wanted_parts
    if area.boundary is None and all(part.selector.excluded for part in own):
        raise NothingCovered
    for quarter, wanted in ((area, own), (other, theirs)):
        replace_selectors_and_boundary(quarter, wanted, quarter.boundary, at=at)
        covered = recompute_and_count_covered(quarter)
        note(verb="places.redrawn", by=by, at=at, area=quarter.path, target=quarter, covered=covered)
    if not area.covered.exists() and Address.objects.filter(covered_by__area=other).exists():
        raise NothingCovered


@transaction.atomic
def restore_quarter_from_snapshot(*, area: Area, snapshot: Snapshot, by: models.Model | None, at: datetime) -> None:
    """Let a quarter cover again what it did when the snapshot was taken; one that was merged stands again."""
    streets = Street.objects.in_bulk([row[0] for row in snapshot["coverage"]])
    Area.objects.filter(pk=area.pk).update(merged_into=None)
    area.merged_into = None
    parts = [StreetPart(streets[street], Selector(*selector)) for street, *selector in snapshot["coverage"]]
    replace_selectors_and_boundary(area, parts, snapshot["boundary"], at=at)
    covered = recompute_and_count_covered(area)
    area.outline = snapshot["outline"]
    area.drawn_at = datetime.fromisoformat(snapshot["drawn_at"]) if snapshot["drawn_at"] else None
    area.save(update_fields=["outline", "drawn_at"])
    note(verb="places.restored", by=by, at=at, area=area.path, target=area, covered=covered)
