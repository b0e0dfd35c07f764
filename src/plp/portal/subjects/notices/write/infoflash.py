"""A message that is not urgent is kept for the next infoflash, from either page on which it is written (R134)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.notices.rules.infoflash import can_wait_for_infoflash
from plp.partnership.models import Partnership
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.notices.write.forms import NoticeDetailsForm
from plp.toolbox.moves import Refused


def gathering_context(notice: Notice) -> dict[str, Any]:
    """Whether the page offers to gather the message, and whether its partnership is one of shops."""
    return {
        "may_gather": can_wait_for_infoflash(notice.kind) and not notice.corrects_id,
        "gathers_first": notice.partnership.kind == Partnership.Kind.TRADERS,
    }


def gather_or_add_refusal(request: StaffRequest, notice: Notice, about: NoticeDetailsForm) -> HttpResponse | None:
    """Keep a saved draft for the next infoflash and go to the desk; else ``about`` says what stands in the way."""
    try:
        notices.hold_draft_for_next_infoflash(notice=notice, by=request.person, at=request.at)
    except Refused as refusal:
        about.add_refusals([refusal])
        return None
    return success(request, _("Gathered: it goes into the next digest."), "notices:desk:desk")
