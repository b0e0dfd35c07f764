"""What this subject offers to the shell: its place in the menu, tasks that wait."""

from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.mandates.grants import Permission
from plp.measures.queries import (
    files_waiting_for_police,
    measures_to_sign,
    own_disclosed_files,
    own_words_for_police_to_read,
)
from plp.people.models import Person
from plp.portal.shell.offers import (
    MEMBERS,
    MenuEntry,
    Offers,
    Source,
    Task,
)


def measure_tasks(person: Person, at: datetime) -> list[Task]:
    """One task a measure that waits for this office, words to be read, or an open file about oneself; no name stands on
    the first page.
    """
    measures = measures_to_sign(person, at=at)
    stopped = files_waiting_for_police(measures)
    to_sign = [
        Task(
            _("A measure waits: the police read first what the person says")
            if one.file_id in stopped
            else _("A measure waits for your signature"),
            one.file.partnership.name(),
            reverse("measures:detail", args=[one.file_id]),
            urgent=one.file_id not in stopped,
        )
        for one in measures
    ]
    to_read = [
        Task(
            _("What somebody says for themselves waits to be read"),
            words.file.partnership.name(),
            reverse("measures:detail", args=[words.file_id]),
            urgent=True,
        )
        for words in own_words_for_police_to_read(person, at=at)
    ]
    about_oneself = [
        Task(_("A letter about you"), file.partnership.name(), reverse("measures:mine"), urgent=True)
        for file in own_disclosed_files(person).filter(closed_at=None)
    ]
    return to_sign + to_read + about_oneself


OFFERS = Offers(
    menu=(
        MenuEntry(
            capfirst(gettext_lazy("measures")),
            gettext_lazy("Talks and warnings when a member does not keep the rules."),
            "measures:listed",
            "scale",
            Permission.MEASURE_SEE,
            MEMBERS,
            is_seldom_used=True,
            order=180,
        ),
    ),
    tasks=Source(measure_tasks, order=170),
)
