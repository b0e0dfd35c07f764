"""The evening in one sheet, as it stands on paper: typed, checked, closed with one act; corrected until approved."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plp.drafts.actions import save_draft
from plp.drafts.queries import drafts_of, shared_drafts_of_others
from plp.drafts.rules import parse_draft_values
from plp.evening import actions as evening
from plp.evening.models import Meeting
from plp.evening.queries import count_sheet_changes
from plp.evening.rules import DOORS_OPEN_BEFORE
from plp.evening.states import MeetingState
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.evening.forms.sheet import SheetForms
from plp.portal.subjects.evening.forms.sheet_merge import merge_sheets
from plp.portal.subjects.evening.scope import LEAD, WORDED_BY_HAND, meeting_context, meeting_or_404, page_language
from plp.toolbox.moves import Refused

TYPED = {MeetingState.CONVENED, MeetingState.OPEN}
CORRECTED = {MeetingState.HELD, MeetingState.MINUTED}
CHANGED = gettext_lazy(
    "Somebody entered this sheet while you typed. Yours is kept here. "
    "Compare it with the minutes, then send it again: it then counts as a correction."
)
WHY_NO_SHEET = {
    MeetingState.PLANNED: gettext_lazy("Convene the meeting first: its sheet is typed after that."),
    MeetingState.APPROVED: gettext_lazy("The minutes are approved: the sheet does not change any more."),
}


@needs(LEAD)
def enter_or_correct_sheet(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Everything of the evening on one page; what was typed stays through every refusal."""
    found = meeting_or_404(request, key, meeting)
    if found.state not in TYPED | CORRECTED:
        if found.state in WHY_NO_SHEET:
            messages.warning(request, WHY_NO_SHEET[MeetingState(found.state)])
        return redirect("evening:detail", key, found.pk)
    if "take" in request.POST:
        return _merge_other_draft_into_own(request, found)
    forms = SheetForms(request.POST if request.method == "POST" else None, meeting=found, language=page_language())
    entered = count_sheet_changes(found)
    if request.method == "POST":
        is_valid = forms.is_valid()
        if request.POST.get("seen", str(entered)) != str(entered):
            forms.main.add_error(None, CHANGED)
        elif is_valid and _end_meeting_or_correct_sheet(request, found, forms):
            return redirect("evening:minutes", key, found.pk)
    shown = {
        "forms": forms,
        "seen": entered,
        "others": list(shared_drafts_of_others(request.person, _sheet_draft_key(request), at=request.at)),
        "is_early": request.at < found.starts_at - DOORS_OPEN_BEFORE,
        "is_closed": found.state in CORRECTED,
    }
    return render(request, "evening/sheet.html", meeting_context(found, **shown))


def _sheet_draft_key(request: StaffRequest) -> str:
    """The name under which the sheet's draft is kept."""
    return f"{request.path}#main"


def _merge_other_draft_into_own(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """Let one's own draft go on with what another leader typed; say where both wrote something else."""
    others = shared_drafts_of_others(request.person, _sheet_draft_key(request), at=request.at)
    other = next((draft for draft in others if str(draft.pk) == request.POST["take"]), None)
    if other is None:
        messages.warning(request, _("What the other person typed is no longer there: they sent it or threw it away."))
    else:
        own = drafts_of(request.person, at=request.at).filter(page=_sheet_draft_key(request)).first()
        merged = merge_sheets(parse_draft_values(own.typed) if own else {}, parse_draft_values(other.typed))
        save_draft(page=_sheet_draft_key(request), typed=merged.typed, by=request.person, at=request.at)
        messages.success(request, _("What %s typed stands on your sheet too.") % other.person.name)
        if merged.differences:
            differences = ngettext(
                "In %d place you both wrote something else: yours stays. Compare.",
                "In %d places you both wrote something else: yours stays. Compare.",
                merged.differences,
            )
            messages.warning(request, differences % merged.differences)
    return redirect("evening:sheet", meeting.partnership.key, meeting.pk)


def _end_meeting_or_correct_sheet(request: StaffRequest, meeting: Meeting, forms: SheetForms) -> bool:
    """Close the evening with its sheet, or put a sheet right; what is refused is said on the page."""
    try:
        if meeting.state in TYPED:
            evening.enter_sheet_ending_meeting_with_minutes(
                meeting=meeting, sheet=forms.evening_sheet(), by=request.person, at=request.at
            )
            closed = _("The evening is closed and its minutes are written. Read them; somebody else approves them.")
            messages.success(request, closed)
            return True
        by_hand = evening.correct_sheet_with_votes_and_minutes(
            meeting=meeting, sheet=forms.evening_sheet(), by=request.person, at=request.at
        )
    except Refused as refused:
        forms.add_refusal_at_field_of_its_words(refused)
        return False
    messages.success(request, _("Corrected, with what followed from it."))
    if by_hand:
        messages.warning(request, WORDED_BY_HAND)
    return True
