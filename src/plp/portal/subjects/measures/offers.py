"""What this subject offers to the shell: its place in the menu, tasks that wait."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.measures.queries import files_with_unread_words, measures_to_sign
from plp.people.models import Person
from plp.portal.shell.offers import (
    MEMBERS,
    Entry,
    Offers,
    Source,
    Task,
)


def tasks(person: Person, at: datetime) -> list[Task]:
    """One task a measure that waits for this office, or words to be read; no name stands on the first page."""
    language = get_language() or "fr"
    to_sign = [
        Task(
            _("A measure waits for your signature"),
            one.file.partnership.name(language),
            reverse("measures:detail", args=[one.file_id]),
            urgent=True,
        )
        for one in measures_to_sign(person, at=at)
    ]
    to_read = [
        Task(
            _("What somebody says for themselves waits to be read"),
            file.partnership.name(language),
            reverse("measures:detail", args=[file.pk]),
            urgent=True,
        )
        for file in files_with_unread_words(person, at=at)
    ]
    return to_sign + to_read


OFFERS = Offers(
    menu=(
        Entry(
            gettext_lazy("Measures"),
            gettext_lazy("Talks and warnings when a member does not keep the rules."),
            "measures:listed",
            "scale",
            Permission.MEASURE_SEE,
            MEMBERS,
            is_seldom_used=True,
            order=180,
        ),
    ),
    tasks=Source(tasks, order=170),
)
