"""What waits for an officer."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.charter.kinds import KINDS
from plp.notices.queries import feedback_due, of_police, to_release
from plp.people.models import Person
from plp.portal.shell.offers import Task


def tasks(person: Person, at: datetime) -> list[Task]:
    """Messages to release, sent back to oneself, and feedback that was promised."""
    url = reverse("police:desk")
    kinds = list(to_release(person, at=at).values_list("kind", flat=True))
    back = of_police(person, at=at).filter(author=person, state="draft").exclude(returned_because="").count()
    due = feedback_due(person, at=at)
    found = []
    if kinds:
        title = ngettext("%d message waits for your release", "%d messages wait for your release", len(kinds))
        words = _("A colleague wrote it. Read it, then release it or send it back.")
        is_urgent = any(KINDS[kind].urgent for kind in kinds)
        found.append(Task(title % len(kinds), words, url, urgent=is_urgent, count=len(kinds)))
    if back:
        title = ngettext("%d draft came back to you", "%d drafts came back to you", back)
        found.append(Task(title % back, _("A colleague asks for a change."), url, count=back))
    if due:
        title = ngettext("%d message waits for feedback", "%d messages wait for feedback", len(due)) % len(due)
        words, first = _("The plan promises the members to hear what became of it."), due[0][1]
        found.append(Task(title, words, url, urgent=first <= at, count=len(due), due_at=first))
    return found
