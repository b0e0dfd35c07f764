"""The infoflash: gather what is not urgent, take it out again, make the bundle before its day (R134)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.notices.lists import permitted_notice_or_404
from plp.toolbox.moves import Refused

WRITE = Permission.NOTICE_WRITE


@needs(WRITE)
@require_POST
def gather_for_infoflash(request: StaffRequest, key: UUID) -> HttpResponse:
    """Keep a finished draft for the next infoflash."""
    notice = permitted_notice_or_404(request, key, WRITE)
    try:
        notices.hold_draft_for_next_infoflash(notice=notice, by=request.person, at=request.at)
    except Refused as refusal:
        messages.error(request, refusal.in_words())
        return redirect("notices:write:edit", notice.pk)
    return success(request, _("Gathered: it goes into the next digest."), "notices:desk:desk")


@needs(WRITE)
@require_POST
def take_out_of_infoflash(request: StaffRequest, key: UUID) -> HttpResponse:
    """Make a gathered message a draft again."""
    notice = permitted_notice_or_404(request, key, WRITE)
    notices.return_gathered_notice_to_draft(notice=notice, by=request.person, at=request.at)
    return success(request, _("Taken back: it is a draft again."), "notices:write:edit", notice.pk)


@needs(WRITE)
@require_POST
def draft_infoflash(request: StaffRequest) -> HttpResponse:
    """Make the infoflash now, of everything that is gathered in one's area."""
    drafts = notices.draft_infoflash_now(by=request.person, at=request.at)
    words = ngettext(
        "%d digest is among the drafts. Read it, then offer it for release.",
        "%d digests are among the drafts. Read them, then offer them for release.",
        drafts,
    )
    return success(request, words % drafts, "notices:desk:desk")
