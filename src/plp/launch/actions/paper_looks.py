"""A zone gives its papers their look: two colours of our list, its logo and those of its municipalities."""

from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.launch.models import PaperLook
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.people.models import Person
from plp.places.models import Area
from plp.sightings.pictures import reencode_picture_as_jpeg

LONGEST_SIDE = 600  # pixels of a logo: four centimetres as a printer prints them


def set_paper_colours(*, zone: Area, colours: str, by: Person | None, at: datetime) -> None:
    """Choose the colours of the papers of a zone, a key of ``PaperLook.Colours``. Raises ``NotAllowed``."""
    _save_paper_look(zone, "launch.paper_colours", {"colours": PaperLook.Colours(colours)}, by, at)


def set_paper_logo(*, area: Area, content: bytes, by: Person | None, at: datetime) -> None:
    """Put the logo of a zone or municipality on its papers: any picture, made anew; empty ``content`` takes it off.

    Raises ``NotAllowed`` and ``NoPicture``.
    """
    require_unless_machine(by, Permission.ZONE_SET, area, at=at)
    logo = reencode_picture_as_jpeg(content, longest=LONGEST_SIDE) if content else None
    _save_paper_look(area, "launch.paper_logo", {"logo": logo}, by, at)


@transaction.atomic
def _save_paper_look(area: Area, verb: str, changed: dict[str, object], by: Person | None, at: datetime) -> None:
    require_unless_machine(by, Permission.ZONE_SET, area, at=at)
    PaperLook.objects.update_or_create(area=area, defaults={**changed, "by": by, "at": at})
    note(verb=verb, by=by, at=at, area=area.path, target=area)
