"""What the police made available, read within the scope of the coordinator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import KINDS
from plp.documents.dates import date_format
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.notices.models import Notice
from plp.notices.queries import (
    Headings,
    heading_of_loaded_notice,
    headings_of_notices,
    notices_for_coordinators,
    with_people_message_and_texts,
)
from plp.notices.states import State
from plp.people.models import Person
from plp.portal.shell.tags import Cells, row_head_link, state

PER_PAGE = 10
COLOURS = {State.RELEASED: "warn", State.RELAYED: "good", State.RETRACTED: "bad"}
WORDS = {
    State.RELEASED: _("waits for you"),
    State.RELAYED: _("relayed"),
    State.RETRACTED: _("stopped"),
    State.EXPIRED: _("expired before it was relayed"),
}


@dataclass(frozen=True)
class InboxRow:
    """One message in the inbox, in the reader's language."""

    notice: Notice
    title: str
    kind: str
    quarter: str
    state: str
    colour: str
    urgent: bool


def received_notice_or_404(request: HttpRequest, key: UUID, permission: Permission, *, sent: bool = False) -> Notice:
    """A message that one received and over which one holds ``permission``; absent and foreign are the same 404.

    ``sent``: only one that was relayed, so that it has a message in the outbox.
    """
    person, at = request.person, request.at  # type: ignore[attr-defined]
    notices = with_people_message_and_texts(
        notices_for_coordinators(permitted_areas(person, Permission.NOTICE_RECEIVE, at=at))
    )
    notice = notices.filter(pk=key, partnership__area__in=permitted_areas(person, permission, at=at)).first()
    if notice is None or (sent and not hasattr(notice, "relay")):
        raise Http404
    return notice


@dataclass(frozen=True)
class Inbox:
    """What is to be relayed, urgent things first, then the oldest; and a page of what waits no more, newest first."""

    waiting: list[Cells]
    earlier: list[Cells]
    page: Page[Notice]
    has_quarters: bool  # of more than one: each message then names its own


def inbox_of(person: Person, language: str, page: Any, *, at: datetime) -> Inbox:
    """The inbox of a coordinator with that ``page`` of earlier messages."""
    areas = permitted_areas(person, Permission.NOTICE_RECEIVE, at=at)
    waiting = notices_for_coordinators(areas).filter(state=State.RELEASED).order_by("release__at")
    earlier = Paginator(notices_for_coordinators(areas).exclude(state=State.RELEASED), PER_PAGE).get_page(page)
    heads = headings_of_notices([*waiting, *earlier])
    next_ones = sorted((_inbox_row(notice, heads, language) for notice in waiting), key=lambda one: not one.urgent)
    has_quarters = len(heads.quarters) > 1
    return Inbox(
        waiting=[_inbox_cells(row, has_quarters=has_quarters) for row in next_ones],
        earlier=[_inbox_cells(_inbox_row(notice, heads, language), has_quarters=has_quarters) for notice in earlier],
        page=earlier,
        has_quarters=has_quarters,
    )


def inbox_row(notice: Notice, language: str) -> InboxRow:
    """One line of a notice that was read with its texts and its quarter."""
    return _inbox_row(notice, heading_of_loaded_notice(notice), language)


def _inbox_row(notice: Notice, heads: Headings, language: str) -> InboxRow:
    kind, where = KINDS[notice.kind], State(notice.state)
    return InboxRow(
        notice=notice,
        title=heads.title(notice, language),
        kind=str(kind.label),
        quarter=heads.quarter(notice, language),
        state=str(WORDS[where]),
        colour=COLOURS.get(where, "plain"),
        urgent=kind.urgent and where == State.RELEASED,
    )


def _inbox_cells(row: InboxRow, *, has_quarters: bool) -> Cells:
    """What a list shows of a message; its last cell is when it was relayed, or else released."""
    notice, stands = row.notice, state(row.state, row.colour)
    if row.urgent:
        stands = format_html("{} {}", state(capfirst(_("urgent")), "bad"), stands)
    at = localtime(notice.relayed_at or notice.release.at)
    page = "relay" if notice.state == State.RELEASED else "detail"
    opened = row_head_link(reverse(f"notices:relay:{page}", args=[notice.pk]), row.title, row.kind)
    day = date_format(at, "SHORT_DATETIME_FORMAT")
    return (opened, row.quarter, stands, day) if has_quarters else (opened, stands, day)
