"""What this subject offers to the shell."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from plp.documents.dates import date_format
from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission
from plp.people.models import Person
from plp.portal.shell import limits
from plp.portal.shell.offers import (
    HELP,
    MEMBERS,
    MenuEntry,
    Offers,
    SearchResult,
    Source,
    Task,
)
from plp.portal.shell.search import MOST
from plp.portal.subjects.membership.desk.member_list import (
    MemberFilter,
    MemberListLine,
    match_and_order_members,
    member_lines,
    members_and_those_who_left,
)
from plp.portal.subjects.membership.desk.members import (
    count_applicants_and_unproven_members,
    count_members_with_failing_contact,
    note_members_viewed,
)
from plp.toolbox.clock import local


def member_desk_tasks(person: Person, at: datetime) -> list[Task]:
    """Neighbours to accept, contacts to confirm, addresses from which messages come back."""
    if not holds_any_permission(person, Permission.MEMBERS_MANAGE, at=at):
        return []
    found, url = [], reverse("membership:desk:waiting")
    new, unproven = count_applicants_and_unproven_members(person, at=at)
    if new:
        title = ngettext("%d person asks to join", "%d people ask to join", new) % new
        found.append(Task(title, _("Meet them or call them, then say yes."), url, count=new))
    if unproven:
        title = ngettext("%d member's contact is to be confirmed", "%d members' contacts are to be confirmed", unproven)
        words = _("No code was typed, or none can be sent: call them or ring at the door.")
        found.append(Task(title % unproven, words, url, count=unproven))
    failing = count_members_with_failing_contact(person, at=at)
    if failing:
        title = ngettext("%d member's address is to be checked", "%d members' addresses are to be checked", failing)
        words = _("Messages to them come back. Ask for another way, or whether the mailbox works again.")
        found.append(Task(title % failing, words, f"{url}#failing", count=failing))
    return found


def search_members_and_note_view(person: Person, query: str, at: datetime) -> list[SearchResult]:
    """The members of that name: names are sealed, so they are read one by one."""
    if not holds_any_permission(person, Permission.MEMBERS_MANAGE, at=at):
        return []
    if not limits.count_if_under_limit("members.person", str(person.pk)):
        raise limits.TooOften
    rows = match_and_order_members(members_and_those_who_left(person, at=at), MemberFilter(words=query))[:MOST]
    members = member_lines(rows, get_language() or "fr")
    note_members_viewed([member.partnership for member in members], "search", by=person, at=at)
    return [SearchResult(member.name, _door_or_departure(member), member.url, "user-round") for member in members]


def _door_or_departure(member: MemberListLine) -> str:
    """Where a member lives; of whoever left, since when."""
    if member.left_at is None:
        return member.door
    return _("left on %(day)s") % {"day": date_format(local(member.left_at).date(), "DATE_FORMAT")}


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Members"),
            gettext_lazy("Who belongs, who asks to join, how each is reached."),
            "membership:desk:members",
            "users",
            Permission.MEMBERS_MANAGE,
            MEMBERS,
            order=40,
        ),
        MenuEntry(
            gettext_lazy("A day without network"),
            gettext_lazy("Print who calls whom, and a round for each street."),
            "membership:desk:paper",
            "printer",
            Permission.MEMBERS_MANAGE,
            HELP,
            order=195,
        ),
    ),
    tasks=Source(member_desk_tasks, order=90),
    search=Source(search_members_and_note_view, order=30),
    help={
        "coordinator/welcome": (
            "membership:desk:members",
            "membership:desk:looks",
            "membership:desk:waiting",
            "membership:desk:member",
        ),
    },
)
