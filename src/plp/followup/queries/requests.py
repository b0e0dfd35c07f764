"""Reads about requests for information and explanations, always within the scope of a person (T10)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from plp.followup.models import Explanation, InformationRequest
from plp.followup.states import RequestState
from plp.mandates.grants import Permission
from plp.membership.queries import partnerships_of_member
from plp.partnership.models import Partnership
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


@dataclass(frozen=True)
class RequestCounts:
    """Requests asked in a time, and what became of them; ``reasons`` counts the refusals."""

    asked: int
    answered: int
    refused: int
    open: int
    in_time: int
    reasons: Counter[str]


def request_counts(partnership: Partnership, *, since: datetime, until: datetime) -> RequestCounts:
    """For statistics and the yearly report (R52): what was asked from ``since`` to before ``until``. Three queries."""
    rows = InformationRequest.objects.filter(partnership=partnership, asked_at__gte=since, asked_at__lt=until)
    states = Counter(rows.values_list("state", flat=True))
    return RequestCounts(
        asked=states.total(),
        answered=states[RequestState.ANSWERED],
        refused=states[RequestState.REFUSED],
        open=states[RequestState.OPEN],
        in_time=rows.filter(ended_at__lte=F("due_at")).count(),
        reasons=Counter(rows.filter(state=RequestState.REFUSED).values_list("reason", flat=True)),
    )
