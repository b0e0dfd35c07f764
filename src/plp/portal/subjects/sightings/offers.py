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
from plp.sightings.queries import sightings_in_scope
from plp.sightings.rules import ANSWER_WITHIN
from plp.sightings.states import State


def sighting_tasks(person: Person, at: datetime) -> list[Task]:
    """Reports that nobody opened, and those opened that wait for an answer: urgent after seven days."""
    if not holds_any_permission(person, Permission.SIGHTING_HANDLE, at=at):
        return []
    waiting = sightings_in_scope(person, at=at).filter(state__in=[State.FILED, State.READ])
    since = list(waiting.values_list("filed_at", flat=True))
    if not since:
        return []
    number, is_late = len(since), since[0] + ANSWER_WITHIN <= at
    title = ngettext("%d report of a citizen waits", "%d reports of citizens wait", number) % number
    text = _("Read, then answer, take over or say why not.")
    return [Task(title, text, reverse("sightings:desk"), urgent=is_late, count=number)]


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Reports"),
            gettext_lazy("What residents saw and tell the police alone."),
            "sightings:desk",
            "eye",
            Permission.SIGHTING_HANDLE,
            MESSAGES,
            order=80,
        ),
    ),
    tasks=Source(sighting_tasks, order=40),
    help={
        "officer/reports": (
            "sightings:desk",
            "sightings:detail",
            "sightings:answer",
            "sightings:close",
            "sightings:refer",
        ),
        "resident/report": (
            "sightings:start",
            "sightings:where",
            "sightings:what",
        ),
    },
)
