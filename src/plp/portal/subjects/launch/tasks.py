"""What waits for whoever takes part in a launch: steps that are late, and years to confirm."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.launch.actions.positions import refresh
from plp.launch.queries.positions import late
from plp.launch.queries.where import visible
from plp.people.models import Person
from plp.portal.shell.offers import Task


def tasks(person: Person, at: datetime) -> list[Task]:
    """The partnerships of one's area whose step takes longer than usual (R30)."""
    mine = visible(person, at=at)
    refresh(partnerships=mine, at=at)
    number = late(mine, at=at).count()
    if not number:
        return []
    title = (
        ngettext("%d partnership waits longer than usual", "%d partnerships wait longer than usual", number) % number
    )
    return [Task(title, _("See which step is late, and who must act."), reverse("launch:all"), count=number)]
