"""Reads of policy plans: those that somebody keeps, and those that a partnership is linked to."""

from datetime import date, datetime

from django.db.models import F, QuerySet

from plp.followup.models import PolicyPlan
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.partnership.models import Partnership
from plp.people.models import Person


def policies_in_scope(person: Person | None, *, at: datetime) -> QuerySet[PolicyPlan]:
    """The plans of the areas for which ``person`` writes them down, with their partnerships."""
    found = PolicyPlan.objects.filter(area__in=permitted_areas(person, Permission.POLICY_LINK, at=at), struck_at=None)
    return found.select_related("area").prefetch_related("partnerships__area").order_by("-begins", "title", "pk")


def policies_of(partnership: Partnership, *, begins: date, until: date) -> QuerySet[PolicyPlan]:
    """The plans that a partnership is linked to, as far as they hold between two days (both included)."""
    found = PolicyPlan.objects.filter(partnerships=partnership, struck_at=None, begins__lte=until)
    return found.exclude(until__lt=begins).order_by(F("until").asc(nulls_last=True), "title", "pk")
