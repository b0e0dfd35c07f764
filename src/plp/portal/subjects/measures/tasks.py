"""What waits: a signature. The terms of appeals stand on the desk by the clock."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.measures.queries import to_sign
from plp.people.models import Person
from plp.portal.shell.offers import Task


def tasks(person: Person, at: datetime) -> list[Task]:
    """One task a measure that waits for this office; no name stands on the first page."""
    language = get_language() or "fr"
    return [
        Task(
            _("A measure waits for your signature"),
            one.file.partnership.name(language),
            reverse("measures:detail", args=[one.file_id]),
            urgent=True,
        )
        for one in to_sign(person, at=at)
    ]
