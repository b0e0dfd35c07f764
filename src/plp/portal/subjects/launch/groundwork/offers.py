"""What this subject offers to the shell: its place in the menu, tasks that wait, where its pages are explained."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plp.launch.queries.ideas import ideas_person_may_read
from plp.launch.states import Hearing
from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission
from plp.people.models import Person
from plp.portal.shell.offers import (
    MenuEntry,
    Offers,
    Source,
    Task,
)


def unanswered_idea_tasks(person: Person, at: datetime) -> list[Task]:
    """Ideas without an answer."""
    if not holds_any_permission(person, Permission.IDEA_HANDLE, at=at):
        return []
    number = ideas_person_may_read(person, at=at).filter(state=Hearing.OPEN).count()
    if not number:
        return []
    title = ngettext("%d idea waits for an answer", "%d ideas wait for an answer", number) % number
    return [
        Task(title, _("Take up, join to another, or say why not."), reverse("launch:groundwork:ideas"), count=number)
    ]


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Ideas"),
            gettext_lazy("Ideas of residents for a new partnership: take up or answer."),
            "launch:groundwork:ideas",
            "lightbulb",
            Permission.IDEA_HANDLE,
            order=120,
        ),
    ),
    tasks=Source(unanswered_idea_tasks, order=120),
    help={
        "officer/idea": (
            "launch:groundwork:ideas",
            "launch:groundwork:idea",
            "launch:groundwork:take_up",
            "launch:groundwork:decline",
        ),
    },
)
