"""Reads about requests for information and explanations, always within the scope of a person (T10)."""

from datetime import datetime

from django.db.models import QuerySet

from plp.followup.models import Explanation, InformationRequest
from plp.mandates.grants import Permission
from plp.membership.queries import partnerships_of_member
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person


def requests_in_scope(person: Person | None, permission: Permission, *, at: datetime) -> QuerySet[InformationRequest]:
    """The requests of the partnerships over which ``person`` holds ``permission``, what is due first at the head."""
    found = InformationRequest.objects.filter(partnership__in=partnerships_in_scope(person, permission, at=at))
    return found.select_related("partnership__area").order_by("due_at", "pk")


def explanations_in_scope(person: Person | None, permission: Permission, *, at: datetime) -> QuerySet[Explanation]:
    """The explanations of the partnerships over which ``person`` holds ``permission``, the newest first."""
    found = Explanation.objects.filter(partnership__in=partnerships_in_scope(person, permission, at=at))
    return found.select_related("partnership__area").order_by("-at", "pk")


def explanations_to(member: Person) -> QuerySet[Explanation]:
    """What was explained to all members of the partnerships of a member, the newest first."""
    found = Explanation.objects.filter(partnership__in=partnerships_of_member(member), to=Explanation.To.MEMBERS)
    return found.select_related("partnership__area").order_by("-at", "pk")
