"""What the officer's pages show, read within the scope of the person who looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import KINDS
from plp.documents.dates import date_format
from plp.exchange.queries import offers_to_answer
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.mandates.scopes import AreaScope
from plp.notices.models import Notice
from plp.notices.queries import (
    DESK,
    PROMISED,
    SUBMITTED,
    Headings,
    heading_of_loaded_notice,
    headings_of_notices,
    list_notices_awaiting_release_by,
    notices_in_areas,
    notices_owing_feedback_by_person,
    with_people_message_and_texts,
)
from plp.notices.queries.guidance import decision_model_of_zone_around
from plp.notices.queries.reach import ASKED, GATHERED, gathered_notices_where_person_writes, list_takeovers_to_answer
from plp.notices.rules.infoflash import next_infoflash_time
from plp.notices.states import State
from plp.partnership.open_rows import prefetch_open_rows
from plp.people.models import Person
from plp.places.models import Area
from plp.portal.shell.tags import Cells, row_head_link, state
from plp.portal.subjects.notices.earlier_messages import EarlierMessagesForm

PER_PAGE = 20
FEW = 5  # earlier messages on the desk itself, until one asks for all
UNDER_WAY = timedelta(days=1)  # a relayed message stays on the desk that long
ON_THE_DESK = (State.DRAFT, State.SUBMITTED, State.RELEASED, State.GATHERED)
WORDS = {
    State.DRAFT: _("draft"),
    State.SUBMITTED: _("waiting for release"),
    State.RELEASED: _("waiting to be relayed"),
    State.RELAYED: _("relayed"),
    State.RETRACTED: _("stopped"),
    State.EXPIRED: _("expired"),
    State.DROPPED: _("dropped"),
    State.GATHERED: _("gathered"),
    State.BUNDLED: _("in a digest"),
}
COLOURS = {State.DRAFT: "plain", State.SUBMITTED: "warn", State.RELEASED: "busy", State.RELAYED: "good"}


@dataclass(frozen=True)
class NoticeRow:
    """One message in a list: its title in the reader's language, and where it stands."""

    notice: Notice
    title: str
    kind: str
    quarter: str
    state: str
    colour: str


@dataclass(frozen=True)
class TakeoverRequestRow:
    """A message of other police that waits for an answer here, in this installation or from another one."""

    url: str
    kind: Any
    quarter: str
    by: str
    asked_at: datetime | None


@dataclass(frozen=True)
class NoticeDesk:
    """What lies on the desk: to release, drafts, with others, feedback due; and a page of what was before."""

    waiting: list[Cells]
    drafts: list[Cells]
    under_way: list[Cells]
    feedback: list[Cells]
    asked: list[TakeoverRequestRow]
    gathered: list[Cells]
    bundled_on: datetime | None
    history: list[Cells]
    page: Page[Notice]
    form: EarlierMessagesForm
    has_quarters: bool  # of more than one: each message then names its own


def permitted_notice_or_404(request: HttpRequest, key: UUID, permission: Permission) -> Notice:
    """The notice of one's desk over which one holds ``permission``; absent and foreign are the same 404 (T10)."""
    person, at = request.person, request.at  # type: ignore[attr-defined]
    notices = with_people_message_and_texts(notices_in_areas(permitted_areas(person, *DESK, at=at)))
    notice = notices.filter(pk=key, partnership__area__in=permitted_areas(person, permission, at=at)).first()
    if notice is None:
        raise Http404
    return notice


def notice_row(notice: Notice, language: str) -> NoticeRow:
    """One line of a notice that was read with its texts and its quarter."""
    return _notice_row(notice, heading_of_loaded_notice(notice), language)


def _notice_row(notice: Notice, heads: Headings, language: str) -> NoticeRow:
    where = State(notice.state)
    return NoticeRow(
        notice,
        heads.title(notice, language) or str(_("(no title yet)")),
        str(KINDS[notice.kind].label),
        heads.quarter(notice, language),
        str(WORDS[where]),
        COLOURS.get(where, "bad" if where == State.RETRACTED else "plain"),
    )


def _notice_cells(row: NoticeRow, page: str, moment: datetime | None = None, *, has_quarters: bool) -> Cells:
    """What a list shows of a message, which ``page`` opens; its last cell is ``moment``, or when it went on last."""
    notice = row.notice
    stands = state(row.state, row.colour)
    if notice.returned_because and notice.state == State.DRAFT:
        stands += format_html('<br><span class="small">{}</span>', _("Came back with a remark"))
    at = localtime(moment or notice.relayed_at or notice.submitted_at or notice.created_at)
    opened = row_head_link(reverse(page, args=[notice.pk]), row.title, row.kind)
    day = date_format(at, "SHORT_DATETIME_FORMAT")
    return (opened, row.quarter, stands, day) if has_quarters else (opened, stands, day)


def notice_rows(notices: Sequence[Notice], language: str) -> list[NoticeRow]:
    """Several lines."""
    heads = headings_of_notices(notices)
    return [_notice_row(notice, heads, language) for notice in notices]


def _original_notices(areas: AreaScope) -> QuerySet[Notice]:
    """Messages over these areas, without copies of each other."""
    return notices_in_areas(areas).exclude(lead__partnership__area__in=areas)


def _relayed_since(since: datetime) -> Q:
    return Q(state=State.RELAYED, relayed_at__gt=since)


def notice_desk_of(person: Person, language: str, query: QueryDict, *, may_write: bool, at: datetime) -> NoticeDesk:
    """The desk of ``person`` with those earlier messages that ``query`` asks for: a fixed number of queries.

    Copies of a message stand on its page, not here, unless the message is of other police (R120). A draft opens where
    it is written for those who ``may_write``.
    """
    areas = permitted_areas(person, *DESK, at=at)
    with prefetch_open_rows(person, at=at, only=(GATHERED, SUBMITTED, PROMISED, ASKED)):
        kept, waiting = (
            gathered_notices_where_person_writes(person, at=at),
            list_notices_awaiting_release_by(person, at=at),
        )
        due, asked = notices_owing_feedback_by_person(person, at=at), takeover_rows(person, language, at=at)
    lying = _original_notices(areas).filter(
        Q(state__in=[State.DRAFT, State.SUBMITTED, State.RELEASED]) | _relayed_since(at - UNDER_WAY)
    )
    drafts = [notice for notice in lying if notice.state == State.DRAFT]
    moving = [notice for notice in lying if notice.state != State.DRAFT and notice not in waiting]
    form = EarlierMessagesForm(query if set(query) - {"page"} else None, areas=areas, language=language)
    history = form.filter_notices(
        _original_notices(areas).exclude(state__in=ON_THE_DESK).exclude(_relayed_since(at - UNDER_WAY))
    )
    earlier = Paginator(history, PER_PAGE if query else FEW).get_page(query.get("page"))
    heads = headings_of_notices([*kept, *waiting, *lying, *(notice for notice, _moment in due), *earlier])

    has_quarters = len(heads.quarters) > 1

    def cells_of_notices(notices: Sequence[Notice], opens: str = "notices:desk:detail") -> list[Cells]:
        rows = [_notice_row(notice, heads, language) for notice in notices]
        return [_notice_cells(row, opens, has_quarters=has_quarters) for row in rows]

    return NoticeDesk(
        waiting=cells_of_notices(waiting, "notices:release:release"),
        drafts=cells_of_notices(drafts, "notices:write:edit" if may_write else "notices:desk:detail"),
        under_way=cells_of_notices(moving),
        feedback=[
            _notice_cells(
                _notice_row(notice, heads, language), "notices:desk:detail", moment, has_quarters=has_quarters
            )
            for notice, moment in due
        ],
        asked=asked,
        gathered=cells_of_notices(kept),
        bundled_on=_next_infoflash_at(heads.quarters[kept[0].partnership_id].area, at) if kept else None,
        history=cells_of_notices(earlier),
        page=earlier,
        form=form,
        has_quarters=has_quarters,
    )


def _next_infoflash_at(area: Area, at: datetime) -> datetime:
    """When what was gathered around there becomes one draft."""
    return next_infoflash_time(at, decision_model_of_zone_around(area).weekday)


def takeover_rows(person: Person, language: str, *, at: datetime) -> list[TakeoverRequestRow]:
    """What other police ask of ``person``, the first asked first."""
    return [
        TakeoverRequestRow(
            reverse("notices:reach:accept", args=[one.pk]),
            KINDS[one.lead.kind].label,
            one.partnership.name(language),
            one.lead.author.name if one.lead.author else "",
            one.asked_at,
        )
        for one in list_takeovers_to_answer(person, at=at)
    ] + [
        TakeoverRequestRow(
            reverse("installations:offer", args=[offer.pk]),
            KINDS[offer.kind].label,
            offer.partner.area.name(language),
            offer.partner.name,
            offer.made_at,
        )
        for offer in offers_to_answer(person, at=at)
    ]
