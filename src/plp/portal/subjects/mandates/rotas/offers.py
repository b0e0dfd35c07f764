"""What this subject offers to the shell: its place under absences, hours that somebody asks one to take over."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.delivery import pages
from plp.mandates.grants import Permission
from plp.mandates.models import Shift
from plp.mandates.rota_letters import hours_in_words, shift_answer_path
from plp.mandates.rota_queries import shifts_of, shifts_offered_to
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person
from plp.portal.shell.offers import HELP, MenuEntry, Offers, Source, Task

HOURS = OpenRows(  # hours on call that are one's own, or that somebody asks one to take over
    "FROM mandates_shift t WHERE t.ends_at > {since} AND (t.person_id = {person} OR t.offered_to_id = {person})"
)


def on_call_tasks(person: Person, at: datetime) -> list[Task]:
    """Hours that one is asked to take over; until when one is on call."""
    if not HOURS.may_exist_for(person):
        return []
    own = shifts_of(person, since=at).filter(starts_at__lte=at)
    return [_offered_shift_task(shift) for shift in shifts_offered_to(person, at=at)] + [
        _on_call_task(shift) for shift in own
    ]


def _offered_shift_task(shift: Shift) -> Task:
    name = shift.person.name if shift.person else ""
    title = _("%(name)s asks you to be on call") % {"name": name}
    return Task(title, hours_in_words(shift.starts_at, shift.ends_at), shift_answer_path(shift), urgent=True)


def _on_call_task(shift: Shift) -> Task:
    hours = hours_in_words(shift.starts_at, shift.ends_at)
    return Task(_("You are on call"), hours, pages.ROTA.path(shift.rota.area_id))


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Who is on call?"),
            gettext_lazy("Make a rota: who is called first, and when."),
            "mandates:rotas:home",
            "phone-call",
            Permission.ROTA_MAKE,
            HELP,
            section_label=gettext_lazy("On call and help"),
            order=55,
        ),
    ),
    tasks=Source(on_call_tasks, order=6),
    help={
        "coordinator/away": ("mandates:rotas:home", "mandates:rotas:rota", "mandates:rotas:shift"),
        "officer/duty": ("mandates:rotas:home", "mandates:rotas:rota", "mandates:rotas:shift"),
    },
)
