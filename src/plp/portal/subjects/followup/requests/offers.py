"""What this subject offers to the shell: its place in the menu, tasks that wait, where its pages are explained."""

from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from plp.followup.queries.dues import OnDesk, things_on_desk
from plp.mandates.grants import Permission
from plp.people.models import Person
from plp.portal.shell.offers import (
    MESSAGES,
    Entry,
    Offers,
    Source,
    Task,
)

ICON = "message-circle-question-mark"


TOLD_ELSEWHERE = {"ask_coordinator", "ask_police", "feedback", "enrolment", "relay", "evaluation"}  # where it is done


def tasks(person: Person, at: datetime) -> list[Task]:
    """One task a kind of thing, with the nearest day; urgent once it is late. What was passed on is always told."""
    language, groups = get_language() or "fr", dict[str, list[OnDesk]]()
    for line in things_on_desk(person, at=at):
        if line.kind.key not in TOLD_ELSEWHERE or line.link != line.kind.link:
            groups.setdefault(line.kind.key, []).append(line)
    return [_task(lines, language, at) for lines in groups.values()]


def _task(lines: list[OnDesk], language: str, at: datetime) -> Task:
    first, late = lines[0], sum(line.is_late for line in lines)
    names = ", ".join(dict.fromkeys(line.partnership.name(language) for line in lines))
    title = f"{str(first.label)[:1].upper()}{str(first.label)[1:]}"
    words = names if not late else f"{names}. {ngettext('%d is late.', '%d are late.', late) % late}"
    return Task(title, words, first.link, urgent=bool(late), count=len(lines), due_at=first.due_at)


OFFERS = Offers(
    menu=(
        Entry(
            _("Requests to the police"),
            _("What you asked the police, and their answer."),
            "followup:requests:asked",
            ICON,
            Permission.REQUEST_ASK,
            MESSAGES,
            order=100,
        ),
        Entry(
            _("Requests of partnerships"),
            _("What partnerships ask you, and by when to answer."),
            "followup:requests:police",
            ICON,
            Permission.REQUEST_ANSWER,
            MESSAGES,
            order=101,
        ),
    ),
    tasks=Source(tasks, order=60),
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
