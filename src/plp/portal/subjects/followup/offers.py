"""What this subject offers to the shell: its place in the menu, tasks that wait."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.followup.models import FollowUpMeeting
from plp.followup.queries.meetings import unfinished_meetings_before
from plp.followup.queries.ratings import UNRATED, keys_of_unanswered_ratings, recent_unrated_messages
from plp.followup.states import FollowUpMeetingState
from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission
from plp.people.models import Person
from plp.portal.shell.offers import (
    MEETINGS,
    PARTNERSHIP,
    MenuEntry,
    Offers,
    Source,
    Task,
)

SOON = timedelta(days=30)
FRESH = timedelta(days=30)  # an answer is welcome, and not owed for ever


def meeting_and_rating_tasks(person: Person, at: datetime) -> list[Task]:
    """Meetings first, each with its day; then what one may rate or answer, in one line each."""
    return _meeting_tasks(person, at) + _rating_tasks(person, at) + _rating_answer_tasks(person, at)


def _meeting_tasks(person: Person, at: datetime) -> list[Task]:
    if not holds_any_permission(person, Permission.EXCHANGE_TALK, at=at):
        return []
    return [_meeting_task(one, at) for one in unfinished_meetings_before(person, before=at + SOON, at=at)]


def _meeting_task(meeting: FollowUpMeeting, at: datetime) -> Task:
    name = meeting.partnership.name()
    url = reverse("followup:meeting", args=[meeting.partnership.key, meeting.pk])
    if meeting.starts_at > at:
        return Task(_("Meeting of coordinator and police: %s") % name, meeting.place, url, due_at=meeting.starts_at)
    if meeting.state == FollowUpMeetingState.CONVENED:
        return Task(_("Write up the meeting: %s") % name, _("What was said, and who does what next."), url)
    return Task(_("Close the minutes: %s") % name, _("Read them once more. They never change afterwards."), url)


def _rating_tasks(person: Person, at: datetime) -> list[Task]:
    if not holds_any_permission(person, Permission.EXCHANGE_RATE, at=at):
        return []
    number = recent_unrated_messages(person, at=at).count() if UNRATED.may_exist_for(person) else 0
    words = _("Was it good, was it in time? One minute each; the coordinator reads it.")
    return (
        [Task(_("Say how the messages travelled"), words, reverse("followup:waiting"), count=number)] if number else []
    )


def _rating_answer_tasks(person: Person, at: datetime) -> list[Task]:
    if not holds_any_permission(person, Permission.EXCHANGE_ANSWER, at=at):
        return []
    keys = keys_of_unanswered_ratings(person, since=at - FRESH, at=at)
    if not keys:
        return []
    url = reverse("followup:rating", args=[keys[0]]) if len(keys) == 1 else reverse("followup:home")
    words = _("The police say how the exchange went. You may answer.")
    return [Task(_("Read what the police say"), words, url, count=len(keys))]


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Coordinator and police"),
            gettext_lazy("Talks of coordinator and police, and what was agreed there."),
            "followup:home",
            "handshake",
            Permission.EXCHANGE_TALK,
            MEETINGS,
            order=110,
        ),
        MenuEntry(
            gettext_lazy("Policy plans"),
            gettext_lazy("The zonal security plan, and which partnerships work within it."),
            "followup:plans",
            "landmark",
            Permission.POLICY_LINK,
            PARTNERSHIP,
            order=172,
        ),
    ),
    tasks=Source(meeting_and_rating_tasks, order=70),
)
