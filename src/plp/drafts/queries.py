"""What one may ask: only about one's own drafts."""

from datetime import datetime

from django.db.models import QuerySet

from plp.drafts.models import Draft
from plp.drafts.rules import KEPT_FOR
from plp.people.models import Person


def drafts_of(person: Person, *, at: datetime) -> QuerySet[Draft]:
    """What ``person`` typed and did not send, no older than it is kept."""
    return Draft.objects.filter(person=person, kept_at__gt=at - KEPT_FOR)
