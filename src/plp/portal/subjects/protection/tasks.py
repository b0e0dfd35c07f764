"""What waits: breaches that concern more than one partnership. Those of one stand on the desk by the clock."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.mandates.queries import holds
from plp.people.models import Person
from plp.portal.shell.offers import Task
from plp.protection.queries import running
from plp.protection.rules import deadline


def tasks(person: Person, at: datetime) -> list[Task]:
    """One task a breach, urgent: the authority must know within 72 hours."""
    if not holds(person, Permission.BREACH_KEEP, at=at):
        return []
    return [
        Task(
            _("A breach of personal data"),
            str(breach.get_cause_display()),
            reverse("protection:breach", args=[breach.pk]),
            urgent=True,
            due_at=deadline(breach.noticed_at),
        )
        for breach in running(person, at=at)
    ]
