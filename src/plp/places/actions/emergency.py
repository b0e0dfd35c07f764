"""The numbers to phone in a zone or a municipality (R124)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction

from plp.journal.actions import note
from plp.places.models import Area, EmergencyNumbers
from plp.places.rules.emergency import clean_desk_telephone, clean_emergency_number


@transaction.atomic
def set_help_numbers(
    *, area: Area, police: str, help_: str, desk: Mapping[str, str], by: models.Model | None, at: datetime
) -> EmergencyNumbers:
    """Set whom one phones in ``area``; ``desk`` maps a language to the station's number. Raises ``BadNumber``."""
    stations = {language: clean_desk_telephone(number) for language, number in desk.items() if number.strip()}
    values = {
        "police": clean_emergency_number(police),
        "help": clean_emergency_number(help_),
        "desk": stations,
        "at": at,
    }
    row, _is_new = EmergencyNumbers.objects.update_or_create(area=area, defaults=values)
    note(verb="area.numbers_set", by=by, at=at, area=area.path, target=area, police=row.police, help=row.help)
    return row
