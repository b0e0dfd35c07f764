"""What this subject offers to the shell: its place in the menu, tasks that wait, where its pages are explained."""

from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.evening.models import Decision, Meeting
from plp.evening.queries import has_changed_minutes_last, names_of_other_leaders, next_led_meetings
from plp.evening.queries.decisions import most_urgent_open_decisions
from plp.evening.states import MeetingState
from plp.mandates.grants import Permission
from plp.people.models import Person
from plp.portal.shell.offers import (
    MEETINGS,
    MenuEntry,
    Offers,
    Source,
    Task,
)
from plp.toolbox.clock import BRUSSELS

NEXT: dict[str, tuple[str, Any, Any]] = {  # state: page, title, words
    MeetingState.PLANNED: (
        "detail",
        _("Convene the meeting in %s"),
        _("Date and place are planned. Nobody is invited yet."),
    ),
    MeetingState.CONVENED: ("detail", _("Prepare the meeting in %s"), _("Deliver the letters, print the papers.")),
    MeetingState.OPEN: ("chair", _("The meeting in %s is under way"), _("Lead it from your telephone.")),
    MeetingState.HELD: ("minutes", _("Write the minutes of %s"), _("The facts are there. The draft writes itself.")),
    MeetingState.MINUTED: (
        "minutes",
        _("Approve the minutes of %s"),
        _("Read the minutes. They are approved by somebody who did not change them last."),
    ),
}
NOBODY_ELSE = _("Nobody else leads meetings here yet. Ask the chief of corps to name a second officer.")
SOON = timedelta(days=60)


def meeting_and_decision_tasks(person: Person, at: datetime) -> list[Task]:
    """One task per meeting that is not finished, the nearest first, and per agreement not done yet: two queries.

    Minutes wait for whoever may approve them: two queries more for each.
    """
    language = get_language() or "fr"
    meetings = [
        _meeting_task(meeting, _words_of_task(person, meeting, at), language, at)
        for meeting in next_led_meetings(person, NEXT, before=at + SOON, at=at)
    ]
    return [task for task in meetings if task.text] + [
        _decision_task(decision, language, at) for decision in most_urgent_open_decisions(person, at=at)
    ]


def _decision_task(decision: Decision, language: str, at: datetime) -> Task:
    """What somebody said they would see to, due at the end of its day."""
    partnership = decision.meeting.partnership
    due_at = datetime.combine(decision.due, time(23, 59), tzinfo=BRUSSELS)
    return Task(
        decision.text_in("words", language, decision.meeting.languages),
        _("%(owner)s, agreed in %(partnership)s")
        % {"partnership": partnership.name(language), "owner": decision.owner},
        reverse("evening:agreements", args=[partnership.key, decision.meeting_id]),
        urgent=due_at < at,
        due_at=due_at,
    )


def _words_of_task(person: Person, meeting: Meeting, at: datetime) -> Any:
    """What ``person`` reads of the task; nothing where others have it: nobody approves the minutes that they wrote."""
    if meeting.state != MeetingState.MINUTED or not has_changed_minutes_last(person, meeting):
        return NEXT[meeting.state][2]
    return "" if names_of_other_leaders(person, meeting, at=at) else NOBODY_ELSE


def _meeting_task(meeting: Meeting, words: Any, language: str, at: datetime) -> Task:
    page, title, _words = NEXT[meeting.state]
    url = reverse(f"evening:{page}", args=[meeting.partnership.key, meeting.pk])
    name, is_on = meeting.partnership.name(language), meeting.state == MeetingState.OPEN
    due_at = meeting.starts_at if meeting.starts_at > at else None  # what is to be done before it has its day (R50)
    return Task(str(title) % name, words, url, urgent=is_on, due_at=due_at)


OFFERS = Offers(
    menu=(
        MenuEntry(
            _("Evenings and meetings"),
            _("Information evenings and meetings of members: invite, vote, minutes."),
            "evening:everywhere",
            "presentation",
            Permission.EVENING_LEAD,
            MEETINGS,
            order=130,
        ),
    ),
    tasks=Source(meeting_and_decision_tasks, order=100),
    help={
        "committee/evening": (
            "evening:everywhere",
            "evening:home",
            "evening:plan",
            "evening:detail",
            "evening:invitations",
        ),
    },
)
