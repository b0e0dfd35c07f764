"""The streets of a partnership, drawn part by part (R4): what places does, with the right asked first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import Gate, require_gate
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places import actions as places
from plp.places.models import Area, Coverage
from plp.places.queries import StreetPart, street_parts_of


@transaction.atomic
def replace_covered_streets_and_count_addresses(
    *, partnership: Partnership, parts: Sequence[StreetPart], by: Person | None, at: datetime
) -> int:
    """Say which parts of which streets the partnership covers, in place of what it covered; a drawn boundary stays.

    Answers the number of addresses. Raises ``NotAllowed`` and what ``places.actions`` refuses.
    """
    area = _require_right_to_draw_and_lock_area(by, partnership, at=at)
    return _write_coverage_and_count_addresses(partnership, area, parts, area.boundary, by=by, at=at)


@transaction.atomic
def add_covered_streets_and_count_addresses(
    *, partnership: Partnership, parts: Sequence[StreetPart], by: Person | None, at: datetime
) -> int:
    """Add parts of streets, or exceptions, to what is covered.

    Raises as ``replace_covered_streets_and_count_addresses``.
    """
    area = _require_right_to_draw_and_lock_area(by, partnership, at=at)
    return _write_coverage_and_count_addresses(
        partnership, area, [*street_parts_of(area), *parts], area.boundary, by=by, at=at
    )


@transaction.atomic
def remove_covered_part_and_count_addresses(
    *, partnership: Partnership, part: Coverage, by: Person | None, at: datetime
) -> int:
    """Take one part out. The last part cannot go: the area would be nothing.

    Answers and raises as ``replace_covered_streets_and_count_addresses``.
    """
    area = _require_right_to_draw_and_lock_area(by, partnership, at=at)
    remaining_parts = area.coverage.exclude(pk=part.pk).select_related("street").order_by("pk")
    parts = [StreetPart(part_left.street, part_left.selector) for part_left in remaining_parts]
    return _write_coverage_and_count_addresses(partnership, area, parts, area.boundary, by=by, at=at)


@transaction.atomic
def set_boundary_and_count_addresses(
    *, partnership: Partnership, boundary: Any, by: Person | None, at: datetime
) -> int:
    """Draw the border of the area (GeoJSON), or take it out with ``None``; streets stay.

    Answers and raises as ``replace_covered_streets_and_count_addresses``.
    """
    area = _require_right_to_draw_and_lock_area(by, partnership, at=at)
    return _write_coverage_and_count_addresses(partnership, area, street_parts_of(area), boundary, by=by, at=at)


def _require_right_to_draw_and_lock_area(by: Person | None, partnership: Partnership, *, at: datetime) -> Area:
    """The area, locked, for whoever may draw it. Raises ``NotAllowed``."""
    require_unless_machine(by, Permission.AREA_DRAW, partnership.area, at=at)
    require_gate(partnership, Gate.AREA, by=by, at=at)
    return Area.objects.select_for_update(no_key=True).get(pk=partnership.area_id)


def _write_coverage_and_count_addresses(
    partnership: Partnership, area: Area, parts: Sequence[StreetPart], boundary: Any, *, by: Person | None, at: datetime
) -> int:
    """What ``places`` does with it; answers the number of addresses."""
    write = (
        places.draw_quarter_and_count_addresses if area.drawn_at is None else places.redraw_quarter_and_count_addresses
    )
    covered = write(area=area, selectors=parts, boundary=boundary, by=by, at=at)
    note(verb="area.laid", by=by, at=at, area=area.path, target=partnership, covered=covered)
    return covered
