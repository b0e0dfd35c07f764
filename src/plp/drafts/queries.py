"""What one may ask: about one's own drafts, and about those of a sheet that several share."""

from datetime import datetime

from django.db.models import QuerySet

from plp.drafts.models import Draft
from plp.drafts.rules import KEPT_FOR
from plp.people.models import Person


def shared_drafts_of_others(person: Person, page: str, *, at: datetime) -> QuerySet[Draft]:
    """What others typed in the form ``page`` that ``person`` shares with them, the newest first (ADR 49).

    Of shared work alone: the page asks who may lead it before.
    """
    others = Draft.objects.filter(page=page, kept_at__gt=at - KEPT_FOR).exclude(person=person)
    return others.select_related("person").order_by("-kept_at")


def drafts_of(person: Person, *, at: datetime) -> QuerySet[Draft]:
    """What ``person`` typed and did not send, no older than it is kept."""
    return Draft.objects.filter(person=person, kept_at__gt=at - KEPT_FOR)
