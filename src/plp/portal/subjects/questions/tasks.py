"""What waits: questions to one's own office without an answer, late ones as urgent."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.mandates.queries import holds
from plp.people.models import Person
from plp.portal.shell.offers import Task
from plp.sightings.queries.questions import OFFICES, due_moments


def tasks(person: Person, at: datetime) -> list[Task]:
    """One task an office; urgent once the seven days are over."""
    found = []
    for office, permission in OFFICES.items():
        if not holds(person, permission, at=at):
            continue
        due = due_moments(person, office, at=at)
        if due:
            title = ngettext("%d question waits for your answer", "%d questions wait for your answer", len(due))
            text = _("An answer is expected within seven days.")
            url = reverse(f"questions:{office.value}")
            found.append(Task(title % len(due), text, url, urgent=min(due) <= at, count=len(due), due_at=min(due)))
    return found
