"""What this subject offers to the shell: its place in the menu, tasks that wait."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.measures.models import Measure
from plp.measures.queries import deciding_offices_of, do_words_stop, files_with_unread_words, measures_to_sign
from plp.people.models import Person
from plp.portal.shell.offers import (
    MEMBERS,
    MenuEntry,
    Offers,
    Source,
    Task,
)


def tasks(person: Person, at: datetime) -> list[Task]:
    """One task a measure that waits for this office, or words to be read; no name stands on the first page."""
    language = get_language() or "fr"
    to_sign = [
        Task(
            _("A measure waits: the police read first what the person says")
            if is_stopped
            else _("A measure waits for your signature"),
            one.file.partnership.name(language),
            reverse("measures:detail", args=[one.file_id]),
            urgent=not is_stopped,
        )
        for one in measures_to_sign(person, at=at)
        for is_stopped in [_is_stopped(one, person, at)]
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


def _is_stopped(measure: Measure, person: Person, at: datetime) -> bool:
    """Whether ``person`` cannot sign before the police pass on what is said about a measure."""
    file = measure.file
    if not file.has_words_waiting:
        return False
    return do_words_stop(file, deciding_offices_of(person, file.partnership.area, at=at), at=at)


OFFERS = Offers(
    menu=(
        MenuEntry(
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
