"""What this subject offers to the shell: its place in the menu, tasks that wait, where its pages are explained."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plp.charter.kinds import KINDS
from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission
from plp.notices.queries import (
    DESK,
    DRAFTS,
    SUBMITTED,
    notices_awaiting_release_by,
    notices_owing_feedback_by_person,
    notices_person_writes_or_releases,
)
from plp.notices.queries.reach import ASKED, JUST_REFUSED, declined_takeovers_of_author, takeovers_to_answer
from plp.people.models import Person
from plp.portal.shell.offers import (
    MESSAGES,
    MenuEntry,
    Offers,
    Source,
    Task,
)

REFUSAL_SHOWS = timedelta(days=3)


def notice_desk_tasks(person: Person, at: datetime) -> list[Task]:
    """Messages to release or answer, sent back, refused elsewhere, an infoflash to read, feedback that was promised."""
    if not holds_any_permission(person, *DESK, at=at):
        return []
    url = reverse("notices:desk:desk")
    kinds = (
        list(notices_awaiting_release_by(person, at=at).values_list("kind", flat=True))
        if SUBMITTED.may_exist_for(person)
        else []
    )
    drafts = notices_person_writes_or_releases(person, at=at).filter(state="draft")
    has_drafts = DRAFTS.may_exist_for(person)
    back = drafts.filter(author=person).exclude(returned_because="").count() if has_drafts else 0
    due = notices_owing_feedback_by_person(person, at=at)
    found = []
    if kinds:
        title = ngettext("%d message waits for your release", "%d messages wait for your release", len(kinds))
        words = _("Written by a colleague. Read, then release or send back.")
        is_urgent = any(KINDS[kind].urgent for kind in kinds)
        found.append(Task(title % len(kinds), words, url, urgent=is_urgent, count=len(kinds)))
    found += _takeover_tasks(person, url, at)
    flashes = drafts.filter(author=None, kind="infoflash").count() if has_drafts else 0
    if flashes:
        title = ngettext("%d digest is ready to be read", "%d digests are ready to be read", flashes) % flashes
        found.append(Task(title, _("Read, then offer for release."), url, count=flashes))
    if back:
        title = ngettext("%d draft came back to you", "%d drafts came back to you", back)
        found.append(Task(title % back, _("A colleague asks for a change."), url, count=back))
    if due:
        title = ngettext("%d message waits for feedback", "%d messages wait for feedback", len(due)) % len(due)
        words, first = _("The plan promises the members feedback."), due[0][1]
        found.append(Task(title, words, url, urgent=first <= at, count=len(due), due_at=first))
    return found


def _takeover_tasks(person: Person, url: str, at: datetime) -> list[Task]:
    """What other police ask, and what they did not take over in the past days (R120)."""
    asked = (
        list(takeovers_to_answer(person, at=at).values_list("lead__kind", flat=True))
        if ASKED.may_exist_for(person)
        else []
    )
    lately = declined_takeovers_of_author(person, at=at, since=at - REFUSAL_SHOWS)
    refused = lately.count() if JUST_REFUSED.may_exist_for(person) else 0
    found = []
    if asked:
        title = ngettext(
            "%d message from another police zone waits for your answer",
            "%d messages from other police zones wait for your answer",
            len(asked),
        )
        words = _("Accept for your neighbourhood, or refuse with a reason.")
        is_urgent = any(KINDS[kind].urgent for kind in asked)
        found.append(Task(title % len(asked), words, url, urgent=is_urgent, count=len(asked)))
    if refused:
        title = ngettext(
            "%d neighbourhood did not accept your message", "%d neighbourhoods did not accept your message", refused
        )
        words = _("Open the message: the reason is next to the neighbourhood.")
        found.append(Task(title % refused, words, url, count=refused))
    return found


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Messages"),
            gettext_lazy("Write a message, release one, see how far it got."),
            "notices:desk:desk",
            "megaphone",
            Permission.NOTICE_RELEASE,
            MESSAGES,
            order=20,
        ),
    ),
    tasks=Source(notice_desk_tasks, order=20),
    help={
        "officer/write": (
            "notices:desk:desk",
            "notices:desk:detail",
        ),
        "officer/release": ("notices:desk:detail",),
        "officer/feedback": ("notices:desk:detail",),
    },
)
