"""Writes about firms. Rooms above decide who may; here it is made sure that it can be done."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from plp.firms.models import Firm
from plp.firms.queries import enterprise_number_digest
from plp.firms.rules import clean_enterprise_number, clean_firm_name, clean_hours
from plp.firms.states import Sector
from plp.journal.actions import note
from plp.people.models import Person
from plp.people.rules import clean_house_number
from plp.places.models import Street


@transaction.atomic
def register_firm(
    *,
    name: str,
    number: str,
    sector: str,
    street: Street | None,
    house: str,
    by: Person | None,
    at: datetime,
) -> Firm:
    """Register a firm at one address. Raises ``BadFirmName``, ``BadEnterpriseNumber`` or ``BadHouse``."""
    digits = clean_enterprise_number(number)
    firm = Firm.objects.create(
        name=clean_firm_name(name),
        number=digits,
        digest=enterprise_number_digest(digits),
        sector=Sector(sector),
        street=street,
        house=clean_house_number(house) if street is not None else "",
        created_at=at,
    )
    note(verb="firm.registered", by=by, at=at, target=firm, sector=firm.sector)
    return firm


@transaction.atomic
def change_firm(*, firm: Firm, name: str, number: str, sector: str, by: Person, at: datetime) -> None:
    """Correct name, number and sector. Raises ``BadFirmName`` or ``BadEnterpriseNumber``."""
    firm.name, firm.number, firm.sector = clean_firm_name(name), clean_enterprise_number(number), Sector(sector)
    firm.digest = enterprise_number_digest(firm.number)
    firm.save(update_fields=["name", "number", "digest", "sector"])
    note(verb="firm.changed", by=by, at=at, target=firm)


@transaction.atomic
def set_opening_hours(*, firm: Firm, hours: Sequence[str], by: Person, at: datetime) -> None:
    """The opening hours of Monday to Sunday as people write them; empty is closed. Raises ``BadHours``."""
    firm.hours = clean_hours(hours)
    firm.save(update_fields=["hours"])
    note(verb="firm.hours_set", by=by, at=at, target=firm)


@transaction.atomic
def delete_firm_with_screens(*, firm: Firm, by: Person | None, at: datetime) -> None:
    """Forget a firm with its screens. Whoever calls has seen to it that nobody belongs to it any more."""
    note(verb="firm.forgotten", by=by, at=at, target=f"firms.firm:{firm.pk}")
    firm.delete()
