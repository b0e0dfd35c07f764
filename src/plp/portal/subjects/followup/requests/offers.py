"""What this subject offers to the shell: its place in the menu, tasks that wait, where its pages are explained."""

from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plp.followup.queries.dues import OnDesk, matters_on_desk
from plp.mandates.grants import Permission
from plp.people.models import Person
from plp.portal.shell.offers import (
    MESSAGES,
    MenuEntry,
    Offers,
    Source,
    Task,
)

ICON = "message-circle-question-mark"


TOLD_ELSEWHERE = {"ask_coordinator", "ask_police", "feedback", "enrolment", "relay", "evaluation"}  # where it is done


def desk_matter_tasks(person: Person, at: datetime) -> list[Task]:
    """One task a kind of thing, with the nearest day; urgent once it is late. What was passed on is always told."""
    language, groups = get_language() or "fr", dict[str, list[OnDesk]]()
    for line in matters_on_desk(person, at=at):
        if line.kind.key not in TOLD_ELSEWHERE or line.link != line.kind.link:
            groups.setdefault(line.kind.key, []).append(line)
    return [_task_of_matters(lines, language) for lines in groups.values()]


def _task_of_matters(lines: list[OnDesk], language: str) -> Task:
    names = ", ".join(dict.fromkeys(line.partnership.name(language) for line in lines))
    first, what = lines[0], str(lines[0].label)
    title = _("%(count)d times: %(what)s") % {"count": len(lines), "what": what} if len(lines) > 1 else what
    return Task(capfirst(title), names, first.link, urgent=first.is_late, count=len(lines), due_at=first.due_at)


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Requests to the police"),
            gettext_lazy("What you asked the police, and their answer."),
            "followup:requests:asked",
            ICON,
            Permission.REQUEST_ASK,
            MESSAGES,
            order=100,
        ),
        MenuEntry(
            gettext_lazy("Requests of partnerships"),
            gettext_lazy("What partnerships ask you, and by when to answer."),
            "followup:requests:police",
            ICON,
            Permission.REQUEST_ANSWER,
            MESSAGES,
            order=101,
        ),
    ),
    tasks=Source(desk_matter_tasks, order=60),
    help={
        "coordinator/request": (
            "followup:requests:asked",
            "followup:requests:ask",
            "followup:requests:asked_one",
        ),
        "officer/requests": (
            "followup:requests:police",
            "followup:requests:police_one",
        ),
    },
)
