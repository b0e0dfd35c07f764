"""Documents that a room below holds already: the charter, the internal rules, the minutes. They are not worded here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.charter.models import Deed
from plp.charter.papers import charter_paper, rules_paper
from plp.charter.queries import deed_in_preparation_or_signed
from plp.delivery import pages
from plp.documents import Document
from plp.evening.models import Meeting, Minutes
from plp.evening.papers import minutes_document
from plp.evening.sheet_paper import sheet_document
from plp.evening.states import MeetingState, Purpose
from plp.partnership.models import Partnership


@dataclass(frozen=True)
class RoomDocument:
    """One such document: ``make`` answers ``None`` while there is none; ``page`` is the URL name where it is made."""

    key: str
    step: str
    label: Any
    page: str
    make: Callable[[Partnership, str], Document | None]


def _charter_document(partnership: Partnership, language: str) -> Document | None:
    deed = deed_in_preparation_or_signed(partnership, Deed.Kind.CHARTER)
    return charter_paper(deed, _closest_language_of_deed(deed, language)) if deed else None


def _internal_rules_document(partnership: Partnership, language: str) -> Document | None:
    deed = deed_in_preparation_or_signed(partnership, Deed.Kind.RULES)
    return rules_paper(deed, _closest_language_of_deed(deed, language)) if deed else None


def _closest_language_of_deed(deed: Deed, language: str) -> str:
    """``language`` where the deed is written in it, else the first of its own: no paper mixes two."""
    return language if language in deed.languages else deed.languages[0]


def _latest_minutes_document(partnership: Partnership, language: str) -> Document | None:
    """The minutes of the latest information evening, in ``language``, else in the language they were written in."""
    evenings = Minutes.objects.filter(meeting__partnership=partnership, meeting__purpose=Purpose.INFORMATION)
    minutes_by_day = list(evenings.order_by("-meeting__starts_at", "pk"))
    minutes_of_meeting = [
        candidate for candidate in minutes_by_day if candidate.meeting_id == minutes_by_day[0].meeting_id
    ]
    minutes = next(
        (candidate for candidate in minutes_of_meeting if candidate.language == language),
        minutes_by_day[0] if minutes_by_day else None,
    )
    return minutes_document(minutes) if minutes else None


def next_information_evening(partnership: Partnership) -> Meeting | None:
    """The information evening that is to come or under way."""
    waiting = [MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.OPEN]
    meetings = Meeting.objects.filter(partnership=partnership, purpose=Purpose.INFORMATION, state__in=waiting)
    return meetings.select_related("partnership__area").order_by("starts_at").first()


def coming_evening_with_public_page(partnership: Partnership) -> Meeting | None:
    """The coming information evening, once people are invited: it has a page, on which one offers help."""
    meeting = next_information_evening(partnership)
    return meeting if meeting and meeting.state in {MeetingState.CONVENED, MeetingState.OPEN} else None


def _evening_sheet_document(partnership: Partnership, language: str) -> Document | None:
    """The sheet of the evening that is to come or under way."""
    meeting = next_information_evening(partnership)
    return sheet_document(meeting, language) if meeting else None


ROOM_DOCUMENTS: tuple[RoomDocument, ...] = (
    RoomDocument(
        "evening_sheet", "evening", _("The evening in one sheet"), pages.EVENING.view, _evening_sheet_document
    ),
    RoomDocument("minutes", "evening", _("Minutes of the meeting"), pages.EVENING.view, _latest_minutes_document),
    RoomDocument("charter", "charter", capfirst(_("local charter")), pages.CHARTER.view, _charter_document),
    RoomDocument("internal_rules", "charter", _("Internal rules"), pages.CHARTER.view, _internal_rules_document),
)
