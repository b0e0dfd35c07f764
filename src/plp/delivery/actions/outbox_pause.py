"""The main tap of the outbox: nothing leaves while it is shut. The pages ask who may; rights sit above this room."""

from datetime import datetime

from django.db import transaction

from plp.delivery.models import Pause
from plp.delivery.worker_signals import lock_worker_commits, wake_workers
from plp.journal.actions import note
from plp.people.models import Person


@transaction.atomic
def pause_outbox(*, reason: str, by: Person | None, at: datetime) -> bool:
    """Let nothing leave any more, once this commits. What is on the wire finishes. Answers whether it was open."""
    lock_worker_commits()
    _, was_open = Pause.objects.get_or_create(key="all", defaults={"since": at, "reason": reason})
    if was_open:
        note(verb="delivery.paused", by=by, at=at, reason=reason)
    return was_open


@transaction.atomic
def resume_outbox(*, by: Person | None, at: datetime) -> bool:
    """Let messages leave again; those whose time is over stay (T56). Answers whether it was shut."""
    was_shut = Pause.objects.filter(key="all").delete()[0] > 0
    if was_shut:
        note(verb="delivery.resumed", by=by, at=at)
        wake_workers()
    return was_shut
