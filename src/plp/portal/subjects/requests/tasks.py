"""What waits: everything that the clock put on the desk of this person and no other page of tasks tells already."""

from datetime import datetime

from django.utils.translation import get_language, ngettext

from plp.followup.queries.dues import OnDesk, desk
from plp.people.models import Person
from plp.portal.shell.offers import Task

TOLD_ELSEWHERE = {"ask_coordinator", "ask_police", "feedback", "enrolment", "relay", "evaluation"}  # where it is done


def tasks(person: Person, at: datetime) -> list[Task]:
    """One task a kind of thing, with the nearest day; urgent once it is late. What was passed on is always told."""
    language, groups = get_language() or "fr", dict[str, list[OnDesk]]()
    for line in desk(person, at=at):
        if line.kind.key not in TOLD_ELSEWHERE or line.link != line.kind.link:
            groups.setdefault(line.kind.key, []).append(line)
    return [_task(lines, language, at) for lines in groups.values()]


def _task(lines: list[OnDesk], language: str, at: datetime) -> Task:
    first, late = lines[0], sum(line.is_late for line in lines)
    names = ", ".join(dict.fromkeys(line.partnership.name(language) for line in lines))
    title = f"{str(first.label)[:1].upper()}{str(first.label)[1:]}"
    words = names if not late else f"{names}. {ngettext('%d is late.', '%d are late.', late) % late}"
    return Task(title, words, first.link, urgent=bool(late), count=len(lines), due_at=first.due_at)
