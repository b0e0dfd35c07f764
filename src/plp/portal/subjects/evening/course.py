"""The course of a meeting for its page: before, at and after it, and the one next act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.documents.dates import date_format
from plp.evening.models import Meeting
from plp.evening.queries.course import InvitationCopies, MeetingCounts
from plp.evening.rules import DOORS_OPEN_BEFORE
from plp.evening.states import MeetingState
from plp.toolbox.clock import local

BEFORE_IT = {MeetingState.PLANNED, MeetingState.CONVENED}
OVER = {MeetingState.HELD, MeetingState.MINUTED, MeetingState.APPROVED}


@dataclass(frozen=True)
class CourseStep:
    """One thing of a meeting: its page, how far it is in a few words, and whether nothing is left to do there."""

    title: str
    url: str
    words: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class CoursePhase:
    """The things before, at or after a meeting; ``is_open`` while it is their time."""

    title: str
    steps: list[CourseStep]
    is_open: bool


@dataclass(frozen=True)
class NextAct:
    """What to do now: the words above its one button."""

    words: Any
    label: Any
    page: str
    icon: str


CONVENE = NextAct(
    gettext_lazy("Nobody is invited yet. Check date and place, then convene the meeting."),
    gettext_lazy("Convene the meeting"),
    "convene",
    "megaphone",
)
INVITE = NextAct(gettext_lazy("Invite everybody now."), gettext_lazy("Invite everybody"), "invitations", "mails")
DELIVER = NextAct(
    gettext_lazy("Print the letters, deliver them, and tick off each street."),
    gettext_lazy("To the letters"),
    "invitations",
    "mails",
)
PRINT = NextAct(
    gettext_lazy("Everybody is invited. Print the papers of the meeting."),
    gettext_lazy("To the papers"),
    "papers",
    "printer",
)
OPEN_DOORS = NextAct(
    gettext_lazy("Today. Open the doors on your telephone and go from point to point."),
    gettext_lazy("The chair's page"),
    "chair",
    "smartphone",
)
LEAD_ON = NextAct(
    gettext_lazy("The meeting is under way. Lead it from your telephone."),
    gettext_lazy("The chair's page"),
    "chair",
    "smartphone",
)
ENTER = NextAct(
    gettext_lazy(
        "The hour is over. Enter what was said on paper: the sheet closes the meeting and writes the minutes."
    ),
    gettext_lazy("The evening in one sheet"),
    "sheet",
    "file-pen",
)
WRITE = NextAct(
    gettext_lazy("Complete what was entered on paper, then write the minutes."),
    gettext_lazy("To the minutes"),
    "minutes",
    "file-text",
)
APPROVE = NextAct(
    gettext_lazy("Read the minutes. They are approved by somebody who did not change them last."),
    gettext_lazy("To the minutes"),
    "minutes",
    "stamp",
)
SEND = NextAct(
    gettext_lazy("The minutes are approved. Send them to those who registered."),
    gettext_lazy("To the minutes"),
    "minutes",
    "send",
)
ANSWER = NextAct(
    gettext_lazy("People said something or offered help. Answer them."),
    gettext_lazy("To the opinions and offers"),
    "voices",
    "message-square",
)
CARRY_OUT = NextAct(
    gettext_lazy("Some agreements are not done yet. Mark each one when it is done."),
    gettext_lazy("To the agreements"),
    "agreements",
    "handshake",
)


def next_act_of_meeting(meeting: Meeting, counts: MeetingCounts, *, at: datetime) -> NextAct | None:
    """The one thing to do now; ``None`` when nothing is left."""
    if meeting.state == MeetingState.CANCELLED:
        return None
    if meeting.state == MeetingState.PLANNED:
        return CONVENE
    if meeting.state in {MeetingState.CONVENED, MeetingState.OPEN}:
        return _next_act_of_convened_or_open(meeting, counts, at)
    if meeting.state == MeetingState.HELD:
        return WRITE
    return APPROVE if meeting.state == MeetingState.MINUTED else _next_act_after_minutes_approved(counts)


def _next_act_of_convened_or_open(meeting: Meeting, counts: MeetingCounts, at: datetime) -> NextAct:
    if at > meeting.ends_at:
        return ENTER
    if meeting.state == MeetingState.OPEN:
        return LEAD_ON
    if at >= meeting.starts_at - DOORS_OPEN_BEFORE:
        return OPEN_DOORS
    if meeting.invited_at is None:
        return INVITE
    return DELIVER if counts.delivered < counts.letters else PRINT


def _next_act_after_minutes_approved(counts: MeetingCounts) -> NextAct | None:
    if counts.minutes_sent_at is None:
        return SEND
    if counts.waiting_voices:
        return ANSWER
    return CARRY_OUT if counts.open_agreements else None


def phases_of_meeting(meeting: Meeting, counts: MeetingCounts) -> list[CoursePhase]:
    """Before, at and after a meeting; what is behind it or far ahead is folded."""
    state = meeting.state
    return [
        CoursePhase(_("Before the meeting"), _course_steps_before_meeting(meeting, counts), state in BEFORE_IT),
        CoursePhase(_("At the meeting"), _course_steps_during_meeting(meeting, counts), state == MeetingState.OPEN),
        CoursePhase(_("After the meeting"), _course_steps_after_meeting(meeting, counts), state in OVER),
    ]


def _course_steps_before_meeting(meeting: Meeting, counts: MeetingCounts) -> list[CourseStep]:
    first, papers = [], []
    if meeting.state == MeetingState.PLANNED:
        first.append(CourseStep(_("Date and place"), _page_url(meeting, "change"), _("You can still change them.")))
    elif meeting.state == MeetingState.CONVENED:
        told = _("If you change them, whoever was invited is told.")
        first.append(CourseStep(_("Date and place"), _page_url(meeting, "change"), told))
    if meeting.state not in OVER:
        given_out = _("Ballots given out: %d") % counts.ballots
        papers.append(CourseStep(_("Papers"), _page_url(meeting, "papers"), given_out))
    return [
        *first,
        CourseStep(_("Agenda"), _page_url(meeting, "agenda"), _("Points: %d") % counts.points),
        CourseStep(_("Votes"), _page_url(meeting, "votes"), _("Votes: %d") % counts.votes),
        CourseStep(
            _("Invitations"),
            _page_url(meeting, "invitations"),
            _invitation_state_text(meeting, counts),
            is_done=meeting.invited_at is not None and counts.delivered == counts.letters,
        ),
        *papers,
    ]


def waiting_invitations_text(invited: InvitationCopies) -> str:
    """How many invitations leave in the morning alone, and when; empty where none waits."""
    if invited.waiting_until is None:
        return ""
    until = date_format(local(invited.waiting_until), "DATETIME_FORMAT")
    return _("Messages that wait until %(when)s: %(count)d") % {"when": until, "count": invited.waiting}


def _invitation_state_text(meeting: Meeting, counts: MeetingCounts) -> str:
    return ". ".join(filter(None, (_sent_invitations_text(meeting, counts), waiting_invitations_text(counts.invited))))


def _sent_invitations_text(meeting: Meeting, counts: MeetingCounts) -> str:
    if meeting.invited_at is None:
        return _("Nobody is invited yet.")
    if meeting.state in BEFORE_IT and not counts.letters:
        return _("Messages sent: %(mails)d. People who come: %(coming)d") % {
            "mails": counts.invited.sent,
            "coming": counts.coming,
        }
    if not counts.letters:
        return _("Messages sent: %d") % counts.invited.sent
    return _("Letters delivered: %(delivered)d of %(letters)d. Messages sent: %(mails)d") % {
        "delivered": counts.delivered,
        "letters": counts.letters,
        "mails": counts.invited.sent,
    }


def _course_steps_during_meeting(meeting: Meeting, counts: MeetingCounts) -> list[CourseStep]:
    treated = _("Discussed: %(treated)d of %(points)d points") % {"treated": counts.treated, "points": counts.points}
    live = [CourseStep(_("The chair's page"), _page_url(meeting, "chair"), treated, counts.treated == counts.points)]
    if meeting.state != MeetingState.PLANNED:
        live.append(CourseStep(_("The screen in the room"), reverse("evening:room", args=[meeting.token])))
    return [
        *([] if meeting.state in OVER else live),
        CourseStep(_("Attendance"), _page_url(meeting, "presence"), _("People present: %d") % counts.present.total),
        CourseStep(
            _("Votes"),
            _page_url(meeting, "votes"),
            _("Closed: %(closed)d of %(votes)d votes") % {"closed": counts.votes_closed, "votes": counts.votes},
            is_done=counts.votes_closed == counts.votes,
        ),
    ]


def _course_steps_after_meeting(meeting: Meeting, counts: MeetingCounts) -> list[CourseStep]:
    approved = meeting.state == MeetingState.APPROVED
    return [
        CourseStep(_("The evening in one sheet"), _page_url(meeting, "sheet"), is_done=meeting.state in OVER),
        CourseStep(
            _("Opinions and offers"),
            _page_url(meeting, "voices"),
            _("Not answered yet: %(waiting)d of %(all)d") % {"waiting": counts.waiting_voices, "all": counts.voices},
            is_done=not counts.waiting_voices,
        ),
        CourseStep(
            _("Agreements"),
            _page_url(meeting, "agreements"),
            _("Not done yet: %(open)d of %(all)d") % {"open": counts.open_agreements, "all": counts.agreements},
            is_done=not counts.open_agreements,
        ),
        CourseStep(_("Minutes"), _page_url(meeting, "minutes"), _minutes_state_text(meeting, counts), is_done=approved),
    ]


def _minutes_state_text(meeting: Meeting, counts: MeetingCounts) -> str:
    if counts.minutes_sent_at is not None:
        return _("Approved and sent")
    if meeting.state == MeetingState.APPROVED:
        return _("Approved, not sent yet")
    return _("Written, not approved yet") if meeting.state == MeetingState.MINUTED else _("Not written yet")


def _page_url(meeting: Meeting, page: str) -> str:
    return reverse(f"evening:{page}", args=[meeting.partnership.key, meeting.pk])
