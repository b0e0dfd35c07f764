"""The first steps of a chief of corps, an officer and a coordinator: the people beside them."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from plp.mandates.grants import POLICE, Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import in_force, within
from plp.people.models import Person
from plp.places.models import Area
from plp.portal.shell.starting import Start

OFFICERS = POLICE - {Role.CHIEF}


def starts(person: Person, at: datetime) -> list[Start]:
    """Each with what they may do about it."""
    found = []
    zones, quarters = (
        within(person, right, at=at) for right in (Permission.MANDATE_APPOINT_POLICE, Permission.NOTICE_RELAY)
    )
    if zones.exists():
        held = _held(zones, OFFICERS, person, at)
        found.append(Start(_("Designate your first police officer"), reverse("mandates:designate"), held))
    if quarters.exists():
        held = _held(quarters, {Role.DEPUTY}, person, at)
        found.append(Start(_("Find somebody who stands in when you are away"), reverse("mandates:home"), held))
    return found


def _held(areas: QuerySet[Area], roles: Collection[Role], person: Person, at: datetime) -> bool:
    others: QuerySet[Mandate] = in_force(at).filter(role__in=roles, area__in=areas).exclude(person=person)
    return others.exists()
