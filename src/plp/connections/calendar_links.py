"""The calendar of one person by a secret address, which they renew or end themselves."""

import secrets
from datetime import datetime

from django.db import transaction

from plp.connections.models import Calendar
from plp.connections.queries import token_digest
from plp.journal.actions import note
from plp.people.models import Person


@transaction.atomic
def create_calendar_token(*, person: Person, by: Person, at: datetime) -> str:
    """A new secret for the calendar of ``person``, told this once; the one before opens nothing any more."""
    token = secrets.token_urlsafe(24)
    Calendar.objects.update_or_create(person=person, defaults={"digest": token_digest(token), "made_at": at})
    note(verb="calendar.made", by=by, at=at, target=person)
    return token


@transaction.atomic
def end_calendar_link(*, person: Person, by: Person, at: datetime) -> None:
    """Let no address open the calendar of ``person`` any more."""
    if Calendar.objects.filter(person=person).delete()[0]:
        note(verb="calendar.ended", by=by, at=at, target=person)


def person_of_calendar_token(token: str) -> Person | None:
    """Whose calendar a secret opens."""
    calendar = Calendar.objects.filter(digest=token_digest(token)).select_related("person").first()
    return calendar.person if calendar else None
