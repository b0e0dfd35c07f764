"""What this subject offers to the shell: its place in the menu, where its pages are explained."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plp.documents.dates import date_format
from plp.mandates.absences import MOMENT, cover_answer_path
from plp.mandates.grants import Permission
from plp.mandates.models import Absence
from plp.mandates.queries import absences_covered_by, deputies_of_coordinator, holds_any_permission
from plp.partnership.gates import OVER
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person
from plp.portal.shell.offers import (
    HELP,
    MenuEntry,
    Offers,
    Shortcut,
    Source,
    Task,
)
from plp.portal.subjects.mandates.absences.forms import AbsenceForm
from plp.toolbox.clock import local

COVERED_ABSENCES = OpenRows(
    "FROM mandates_absence t JOIN mandates_mandate d ON d.id = t.deputy_id "
    "WHERE t.ends_at > {since} AND d.person_id = {person}"
)


def stand_in_tasks(person: Person, at: datetime) -> list[Task]:
    """For whom one stands in, and until when: above all else while it lasts, with a note before it begins (R38)."""
    if not COVERED_ABSENCES.may_exist_for(person):
        return []
    return [_absence_task(absence, at) for absence in absences_covered_by(person, at=at)]


def _absence_task(absence: Absence, at: datetime) -> Task:
    days = {
        "name": absence.mandate.person.name,
        "first": date_format(local(absence.starts_at), "DATE_FORMAT"),
        "last": date_format(local(absence.ends_at - MOMENT), "DATE_FORMAT"),
    }
    has_begun = absence.starts_at <= at
    title = (
        _("You stand in for %(name)s until %(last)s") if has_begun else _("From %(first)s you stand in for %(name)s")
    )
    words = _("What waits below waits for you in that time.") if has_begun else _("Until %(last)s. Say yes or no.")
    return Task(title % days, words % days, cover_answer_path(absence), urgent=has_begun)


def absence_shortcuts(person: Person, at: datetime) -> list[Shortcut]:
    """To leave one's tasks to a deputy, where there is one."""
    if not holds_any_permission(person, Permission.ABSENCE_NOTE, at=at):
        return []
    deputies = list(deputies_of_coordinator(person, at=at).exclude(area__partnership__state__in=OVER))
    if not deputies:
        return []
    form = AbsenceForm(deputies=deputies, language=get_language() or person.language)
    url, icon = reverse("mandates:absences:absence"), "calendar-check"
    return [Shortcut(_("I will be away"), url, icon, form, _("Leave it to my deputy"))]


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Absence"),
            gettext_lazy("Say when you are away and who stands in."),
            "mandates:absences:absence",
            "calendar-off",
            Permission.ABSENCE_NOTE,
            HELP,
            section_label=gettext_lazy("Absence and help"),
            order=50,
        ),
    ),
    tasks=Source(stand_in_tasks, order=5),
    shortcuts=Source(absence_shortcuts, order=20),
    help={
        "coordinator/away": ("mandates:absences:absence",),
    },
)
