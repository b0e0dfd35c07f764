"""Messages for a spreadsheet: their titles and their way, or how one was delivered; no words and no name."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.notices.queries import DESK, notices_in_areas
from plp.portal.shell.delivery_tables import journalled_delivery_table
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.shell.spreadsheets import MOST, spreadsheet
from plp.portal.subjects.notices.lists import NoticeRow, notice_rows, permitted_notice_or_404
from plp.toolbox.clock import local


@needs(Permission.NOTICE_RELEASE)
def messages_spreadsheet(request: StaffRequest, form: str) -> HttpResponse:
    """A line a message and partnership, the newest first."""
    heads = [_("Message"), _("Kind"), _("Partnership"), _("State"), _("Written on"), _("Released on"), _("Relayed on")]
    found = notices_in_areas(permitted_areas(request.person, *DESK, at=request.at)).select_related("release")[:MOST]
    return spreadsheet(
        form, heads, map(_cells_of_message, notice_rows(list(found), get_language() or "fr")), name="messages"
    )


@needs(Permission.DELIVERY_SEE)
def delivery_table(request: StaffRequest, key: UUID, form: str) -> HttpResponse:
    """What became of one message, as its page counts it: all channels together."""
    notice = permitted_notice_or_404(request, key, Permission.DELIVERY_SEE)
    if not hasattr(notice, "relay"):
        raise Http404
    return journalled_delivery_table(request, notice, form, by_channel=False)


def _cells_of_message(row: NoticeRow) -> list[object]:
    notice = row.notice
    released = notice.release.at if hasattr(notice, "release") else None
    days = (notice.created_at, released, notice.relayed_at)
    return [row.title, row.kind, row.quarter, row.state, *map(_moment_text, days)]


def _moment_text(at: datetime | None) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}" if at else ""
