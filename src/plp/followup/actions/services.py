"""The register of police and judicial services, and the log of contacts with them (R58)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from plp.followup.models import Service, ServiceContact
from plp.followup.refusals import NotPast, NoWay
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState
from plp.toolbox.words import normalise_text
from plp.wording.held_words import require_text_passes_check

MOST_NAME, MOST_PERSON, MOST_ABOUT, MOST_SUBJECT, MOST_OUTCOME = 120, 100, 300, 120, 600
NUMBER = re.compile(r"\+?[0-9][0-9 ./()-]{1,28}")
YEAR = timedelta(days=366)


@dataclass(frozen=True)
class ServiceDetails:
    """What the register says of a service: at least its kind and its name."""

    kind: str
    name: str
    person: str = ""
    phone: str = ""
    email: str = ""
    about: str = ""


@transaction.atomic
def add_service(*, area: Area, entry: ServiceDetails, by: Person, at: datetime) -> Service:
    """Put a service into the register of an area. Raises ``NotAllowed``, ``BadWords`` or ``NoWay``."""
    require(by, Permission.SERVICE_KEEP, area, at=at)
    service = Service.objects.create(area=area, **_checked_service_columns(entry))
    note(verb="service.added", by=by, at=at, area=area.path, target=service, kind=service.kind)
    return service


@transaction.atomic
def change_service(*, service: Service, entry: ServiceDetails, by: Person, at: datetime) -> None:
    """Correct an entry. Raises as ``add_service`` does, and ``WrongState`` once it is struck."""
    _require_right_and_lock_service(service, by=by, at=at)
    for key, value in _checked_service_columns(entry).items():
        setattr(service, key, value)
    service.save()
    note(verb="service.changed", by=by, at=at, area=service.area.path, target=service)


@transaction.atomic
def soft_delete_service_and_erase_contact(*, service: Service, by: Person, at: datetime) -> None:
    """Take it out of the register; who to reach there is forgotten, the log stays. Raises ``NotAllowed``."""
    _require_right_and_lock_service(service, by=by, at=at)
    service.person = service.phone = service.email = ""
    service.struck_at = at
    service.save()
    note(verb="service.struck", by=by, at=at, area=service.area.path, target=service)


@transaction.atomic
def log_contact(
    *, service: Service, on: date, subject: str, outcome: str, partnership: Partnership | None, by: Person, at: datetime
) -> ServiceContact:
    """Write down a contact: the day, what it was about, what came of it. Never a fact of a case.

    Raises ``NotAllowed``, ``NotPast``, ``BadWords``, ``HeldWords`` or ``WrongState``.
    """
    _require_right_and_lock_service(service, by=by, at=at)
    if partnership is not None:
        require(by, Permission.SERVICE_KEEP, partnership.area, at=at)
    today = local(at).date()
    if not today - YEAR <= on <= today:
        raise NotPast
    about = (
        normalise_text(subject, most=MOST_SUBJECT),
        normalise_text(outcome, most=MOST_OUTCOME, lines=True, empty=True),
    )
    require_text_passes_check("\n".join(about), language=by.language)
    made = ServiceContact.objects.create(
        service=service, partnership=partnership, on=on, subject=about[0], outcome=about[1], by=by, at=at
    )
    note(verb="service.contacted", by=by, at=at, area=service.area.path, target=service)
    return made


def _require_right_and_lock_service(service: Service, *, by: Person, at: datetime) -> None:
    require(by, Permission.SERVICE_KEEP, service.area, at=at)
    if not Service.objects.select_for_update().filter(pk=service.pk, struck_at=None).exists():
        raise WrongState


def _checked_service_columns(entry: ServiceDetails) -> dict[str, Any]:
    """What is kept of an entry, checked."""
    phone, email = entry.phone.strip(), entry.email.strip()
    if phone and not NUMBER.fullmatch(phone):
        raise NoWay
    try:
        if email:
            validate_email(email)
    except ValidationError as wrong:
        raise NoWay from wrong
    return {
        "kind": Service.Kind(entry.kind),
        "name": normalise_text(entry.name, most=MOST_NAME),
        "person": normalise_text(entry.person, most=MOST_PERSON, empty=True),
        "phone": phone,
        "email": email,
        "about": normalise_text(entry.about, most=MOST_ABOUT, empty=True),
    }
