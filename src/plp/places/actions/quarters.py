"""Quarters: made, and merged into one another."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, models, transaction

from plp.journal.actions import note
from plp.places.actions.coverage import (
    lock_standing_quarter,
    recompute_and_count_covered,
    replace_selectors_and_boundary,
)
from plp.places.actions.refusals import BadKey, BadName, CannotMerge, KeyTaken, OutsideParent
from plp.places.models import Area
from plp.places.queries.coverage import StreetPart, street_parts_of
from plp.places.rules import is_printable_and_undisguised
from plp.places.rules.shapes import union_of_boundaries
from plp.toolbox.texts import OFFICIAL_LANGUAGES

KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@transaction.atomic
def create_quarter(*, parent: Area, key: str, names: Mapping[str, str], by: models.Model | None, at: datetime) -> Area:
    """Make a quarter in a municipality, or in a zone when it crosses the border of a municipality.

    ``names`` maps ``fr``, ``nl``, ``de`` to names; one is enough. Raises ``BadKey``, ``BadName``, ``KeyTaken``, and
    ``OutsideParent`` when the parent is neither a municipality nor a zone.
    """
    if not KEY.fullmatch(key):
        raise BadKey
    if parent.kind not in {Area.Kind.MUNICIPALITY, Area.Kind.ZONE}:
        raise OutsideParent
    cleaned = {language: " ".join(name.split()) for language, name in names.items() if name.strip()}
    if (
        not cleaned
        or not set(cleaned) <= set(OFFICIAL_LANGUAGES)
        or any(len(n) > 200 or not is_printable_and_undisguised(n) for n in cleaned.values())
    ):
        raise BadName
    columns = {f"name_{language}": name for language, name in cleaned.items()}
    try:
        with transaction.atomic():
            area = Area.objects.create(kind=Area.Kind.QUARTER, path=f"{parent.path}q-{key}/", nis=parent.nis, **columns)
    except IntegrityError as taken:
        raise KeyTaken from taken
    note(verb="places.quarter_created", by=by, at=at, area=area.path, target=area)
    return area


@transaction.atomic
def merge_quarters_and_count_addresses(*, area: Area, other: Area, by: models.Model | None, at: datetime) -> int:
    """Let ``area`` take over all that ``other`` covers; ``other`` stays as history and covers nothing more.

    An exception survives only on a street that the other quarter does not reach: between two neighbours it mostly
    marks the border that now falls. Answers the number of addresses covered afterwards. Raises ``CannotMerge``.
    """
    surviving, gone = (
        lock_standing_quarter(area, refusal=CannotMerge),
        lock_standing_quarter(other, refusal=CannotMerge),
    )
    if surviving.pk == gone.pk or surviving.parent_path != gone.parent_path:
        raise CannotMerge
    boundary = union_of_boundaries(shape for shape in (surviving.boundary, gone.boundary) if shape)
    parts = [
        *_parts_without_overruled_exceptions(surviving, other_area=gone),
        *_parts_without_overruled_exceptions(gone, other_area=surviving),
    ]
    gone.coverage.all().delete()
    gone.covered.all().delete()
    Area.objects.filter(pk=gone.pk).update(merged_into=surviving, boundary=None, outline=None)
    replace_selectors_and_boundary(surviving, parts, boundary, at=at)
    covered = recompute_and_count_covered(surviving)
    note(verb="places.merged", by=by, at=at, area=surviving.path, target=surviving, other=str(gone.pk), covered=covered)
    return covered


def _parts_without_overruled_exceptions(area: Area, *, other_area: Area) -> list[StreetPart]:
    """The parts of ``area`` without the exceptions on streets that ``beside`` reaches."""
    reached = set(other_area.covered.values_list("address__street_id", flat=True).distinct())
    reached |= set(other_area.coverage.filter(excluded=False).values_list("street_id", flat=True))
    return [part for part in street_parts_of(area) if not part.selector.excluded or part.street.pk not in reached]
