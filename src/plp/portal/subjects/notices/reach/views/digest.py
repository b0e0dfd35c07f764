"""The infoflash: take out what was gathered, make the bundle before its day (R134)."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.notices.lists import permitted_notice_or_404

WRITE = Permission.NOTICE_WRITE


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
