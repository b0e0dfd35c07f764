"""What this subject offers to the shell: its place in the menu, tasks that wait, where its pages are explained."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission
from plp.people.models import Person
from plp.portal.shell.offers import (
    MESSAGES,
    MenuEntry,
    Offers,
    Source,
    Task,
)
from plp.sightings.queries.questions import OFFICES, question_due_times


def question_tasks(person: Person, at: datetime) -> list[Task]:
    """One task an office; urgent once the seven days are over."""
    found = []
    for office, permission in OFFICES.items():
        if not holds_any_permission(person, permission, at=at):
            continue
        due = question_due_times(person, office, at=at)
        if due:
            title = ngettext("%d question waits for your answer", "%d questions wait for your answer", len(due))
            text = _("An answer is expected within seven days.")
            url = reverse(f"sightings:questions:{office.value}")
            found.append(Task(title % len(due), text, url, urgent=min(due) <= at, count=len(due), due_at=min(due)))
    return found


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Questions"),
            gettext_lazy("What members ask you, and your answers."),
            "sightings:questions:coordinator",
            "messages-square",
            Permission.QUESTION_COORDINATOR,
            MESSAGES,
            order=90,
        ),
        MenuEntry(
            gettext_lazy("Questions"),
            gettext_lazy("What members ask you, and your answers."),
            "sightings:questions:police",
            "messages-square",
            Permission.QUESTION_POLICE,
            MESSAGES,
            order=91,
        ),
    ),
    tasks=Source(question_tasks, order=50),
    help={
        "coordinator/question": (
            "sightings:questions:coordinator",
            "sightings:questions:coordinator_one",
            "sightings:questions:share",
            "sightings:questions:pass_on",
        ),
        "member/question": (
            "sightings:questions:ask",
            "sightings:questions:mine",
        ),
    },
)
