"""What this subject offers to the shell: tasks that wait, where its pages are explained."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission, permitted_areas
from plp.people.models import Person
from plp.portal.shell.offers import (
    Offers,
    Source,
    Task,
)
from plp.portal.subjects.setup.steps import count_missing_required_steps


def missing_setup_tasks(person: Person, at: datetime) -> list[Task]:
    """The steps without which nothing works."""
    if not holds_any_permission(person, Permission.PLATFORM_RUN, at=at):
        return []
    if not permitted_areas(person, Permission.PLATFORM_RUN, at=at).filter(kind="country").exists():
        return []
    number = count_missing_required_steps(person)
    words = ngettext("%d step is left to finish the set-up.", "%d steps are left to finish the set-up.", number)
    url = reverse("setup:overview")
    return [Task(_("Set this installation up"), words % number, url, urgent=True, count=number)] if number else []


OFFERS = Offers(
    tasks=Source(missing_setup_tasks, order=10),
    help={
        "administrator/first": (
            "setup:overview",
            "setup:name",
        ),
    },
)
