"""The question about an answer that was not proven: whoever has the mail in the registered mailbox confirms it (T3)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from plp.notices import actions as notices
from plp.notices.queries import count_persons_in_audience, title_core_and_more_by_language
from plp.notices.reply_codes import reply_code_of_signed_link
from plp.notices.states import State
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.notices.relay import inbox as lists


@public
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_relay_by_link(request: PortalRequest, key: UUID, signature: str) -> HttpResponse:
    """GET asks and changes nothing (T7); POST passes the message on, under the checks of every relay."""
    code = reply_code_of_signed_link(key, signature, at=request.at)
    if code is None:
        raise Http404
    if request.method == "POST":
        notices.relay_reply_confirmed_by_mail(code=code, by=None, at=request.at)
        return redirect("notices:relay:answer", key, signature)
    notice, waits = code.notice, code.used_at is None and code.notice.state == State.RELEASED
    context = {
        "waits": waits,
        "relayed": notice.relay.audience if code.used_at and hasattr(notice, "relay") else None,
        "row": lists.inbox_row(notice, get_language() or "fr"),
        "texts": title_core_and_more_by_language(notice),
        "people": count_persons_in_audience(notice, at=request.at) if waits else 0,
    }
    return render(request, "notices/relay/answer.html", context)
