"""A message as a file for another platform of warnings (R132)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from plp.mandates.grants import Permission
from plp.notices.exports import notice_as_json, notice_as_text
from plp.notices.states import State
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.notices.lists import permitted_notice_or_404

FORMS = {"json": "application/json", "txt": "text/plain; charset=utf-8"}


@needs(Permission.NOTICE_RELEASE)
@require_safe
def released_notice_file(request: StaffRequest, key: UUID, form: str) -> HttpResponse:
    """The words that a second person let go, as long as they hold."""
    notice = permitted_notice_or_404(request, key, Permission.NOTICE_RELEASE)
    if form not in FORMS or notice.state not in {State.RELEASED, State.RELAYED}:
        raise Http404
    made = notice_as_json(notice, at=request.at) if form == "json" else notice_as_text(notice, at=request.at)
    return download(made, name=f"message.{form}", content_type=FORMS[form])
