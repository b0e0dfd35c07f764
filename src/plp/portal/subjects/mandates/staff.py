"""The police of a zone as the chief of corps sees them."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force, mandates_managed_by, permitted_areas
from plp.people.models import Person
from plp.places.models import Area

POLICE = Permission.MANDATE_APPOINT_POLICE
DESIGNATED = (Role.OFFICER, Role.DEPUTY_OFFICER, Role.SUPERVISOR)


def police_mandates_managed_by(person: Person, *, at: datetime) -> QuerySet[Mandate]:
    """The officers, deputies and supervisors whom ``person`` designates, with their sign-in."""
    return mandates_managed_by(person, POLICE, at=at).select_related("person__account", "area")


def areas_to_designate_in(person: Person, *, at: datetime) -> QuerySet[Area]:
    """Where ``person`` may designate somebody: the zone first, then municipalities and quarters."""
    return permitted_areas(person, POLICE, at=at).order_by("path")


def zones_without_officer(person: Person, *, at: datetime) -> QuerySet[Area]:
    """The zones of ``person`` in which nobody holds the mandate of officer over the whole zone."""
    officers = mandates_in_force(at).filter(role=Role.OFFICER, area__path__startswith=OuterRef("path"))
    return areas_to_designate_in(person, at=at).filter(~Exists(officers), kind=Area.Kind.ZONE)
