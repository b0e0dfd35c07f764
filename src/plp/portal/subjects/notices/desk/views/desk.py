"""The desk: what lies there, and one message with its way."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from plp.mandates.grants import Permission
from plp.notices.states import State
from plp.portal.shell.guards import needs
from plp.portal.subjects.notices import lists
from plp.portal.subjects.notices.message import message_page_context

RELEASE = Permission.NOTICE_RELEASE
HELP = {State.DRAFT: "write", State.SUBMITTED: "release"}  # what one asks about a message; later, about its answers


@needs(RELEASE)
def message_desk_page(request: HttpRequest) -> HttpResponse:
    """Everything of one's area: first what waits for oneself."""
    language = get_language() or "fr"
    may_write = Permission.NOTICE_WRITE in request.permissions  # type: ignore[attr-defined]
    context = {
        "desk": lists.notice_desk_of(request.person, language, request.GET, may_write=may_write, at=request.at),  # type: ignore[attr-defined]
        "may_write": may_write,
        "may_set": Permission.ZONE_SET in request.permissions,  # type: ignore[attr-defined]
    }
    return render(request, "notices/desk.html", context)


@needs(RELEASE)
def message_detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """One message: its words, its way with names, its figures, and what one may do with it."""
    notice = lists.permitted_notice_or_404(request, key, RELEASE)
    request.help_task = HELP.get(State(notice.state), "feedback")  # type: ignore[attr-defined]
    shown = message_page_context(notice, request.person, get_language() or "fr", at=request.at)  # type: ignore[attr-defined]
    return render(request, "notices/detail.html", shown)
