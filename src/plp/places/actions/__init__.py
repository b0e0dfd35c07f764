"""What one may do with places. Rights are above this room: the caller has checked them (README)."""

from plp.places.actions.coverage import draw_quarter_and_count_addresses, redraw_quarter_and_count_addresses
from plp.places.actions.moved_streets import move_streets, restore_quarter_from_snapshot
from plp.places.actions.quarters import create_quarter, merge_quarters_and_count_addresses
from plp.places.actions.refusals import (
    AlreadyDrawn,
    BadBoundary,
    BadKey,
    BadName,
    BadSelector,
    CannotMerge,
    KeyTaken,
    NotAQuarter,
    NothingCovered,
    OutsideParent,
    UnknownMunicipality,
    UnknownZone,
)
from plp.places.actions.register import import_address_register
from plp.places.actions.territory import create_and_correct_territory
from plp.places.queries.coverage import StreetPart
