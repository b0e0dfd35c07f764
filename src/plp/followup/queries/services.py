"""Reads of the register of services and its log, within the scope of a person (T10)."""

from datetime import datetime

from django.db.models import Max, QuerySet

from plp.followup.models import Service
from plp.mandates.grants import Permission
from plp.mandates.queries import mandates_with, permitted_areas
from plp.people.models import Person
from plp.places.models import Area


def services_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Service]:
    """The services of the areas whose register ``person`` keeps, with the day of the last contact."""
    areas = permitted_areas(person, Permission.SERVICE_KEEP, at=at)
    found = Service.objects.filter(area__in=areas, struck_at=None).select_related("area")
    return found.annotate(last_on=Max("contacts__on")).order_by("area__path", "kind", "name", "pk")


def mandated_areas(person: Person, permission: Permission, *, at: datetime) -> QuerySet[Area]:
    """The very areas over which ``person`` holds ``permission`` by mandate, the widest first."""
    return Area.objects.filter(pk__in=mandates_with(person, permission, at=at).values("area")).order_by("path")
