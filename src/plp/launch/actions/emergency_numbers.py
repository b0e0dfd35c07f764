"""The emergency numbers of a zone or a municipality: set by whoever decides for the zone (R124)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.people.models import Person
from plp.places.actions.emergency import set_help_numbers as keep
from plp.places.models import Area, EmergencyNumbers


@transaction.atomic
def set_emergency_numbers_of_area(
    *, area: Area, police: str, help_: str, desk: Mapping[str, str], by: Person, at: datetime
) -> EmergencyNumbers:
    """Set whom one phones in ``area``. Raises ``NotAllowed`` or ``BadNumber``."""
    require(by, Permission.ZONE_SET, area, at=at)
    return keep(area=area, police=police, help_=help_, desk=desk, by=by, at=at)
