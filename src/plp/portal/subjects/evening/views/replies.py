"""A member says whether they come: the link of their letter is the proof, or being signed in (R143)."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from plp.evening import actions as evening
from plp.evening import queries
from plp.evening.actions.replies import REMINDED_BEFORE
from plp.evening.models import Meeting, MeetingReply
from plp.evening.queries.replies import invitation_dispatch_of_member_by_code, reply_of
from plp.membership.queries import is_member_or_applicant
from plp.people.models import Person
from plp.portal.shell import limits
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.evening.forms.replies import InvitationReplyForm
from plp.portal.subjects.evening.scope import meeting_context
from plp.toolbox.moves import Refused

DONE = {
    "coming": _("You are expected. We tell you again the day before."),
    "soon": _("You are expected."),
    "waiting": _("All places are taken. You are on the waiting list, and we tell you when a place is free."),
    "absent": _("We know that you do not come."),
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def reply_to_invitation(request: PortalRequest, token: str, code: str = "") -> HttpResponse:
    """What, where, when, and two buttons, in the language of the reader. GET changes nothing (T7)."""
    meeting = get_object_or_404(queries.public_meeting_by_token(token))
    person, language = _person_and_reading_language(request, meeting, code)
    if person is None:
        return redirect("evening:page", token)
    has_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    with translation.override(get_language() if has_chosen else language):
        earlier = reply_of(meeting, person)
        form = InvitationReplyForm(request.POST or None, earlier=earlier)
        if (
            request.method == "POST"
            and form.is_valid()
            and _save_invitation_reply_or_add_error(request, meeting, person, form)
        ):
            return redirect(f"{request.path}?done=1")
        state = reply_state_key(earlier)
        is_soon = state == "coming" and request.at >= meeting.starts_at - REMINDED_BEFORE
        done = DONE.get("soon" if is_soon else state) if "done" in request.GET else None
        is_open = meeting.state in {"convened", "open"} and request.at < meeting.ends_at
        context = meeting_context(meeting, form=form, earlier=earlier, state=state, done=done)
        return render(request, "evening/public/reply.html", context | {"is_open": is_open})


def _person_and_reading_language(request: PortalRequest, meeting: Meeting, code: str) -> tuple[Person | None, str]:
    """Who answers and in which language they read: by the code of a copy, else whoever is signed in as a member."""
    if code:
        dispatch = invitation_dispatch_of_member_by_code(meeting, code)
        if dispatch is None or dispatch.contact is None:
            raise Http404
        return dispatch.contact.person, dispatch.language
    member = request.member
    if member is None or not is_member_or_applicant(member, meeting.partnership):
        return None, ""
    return member, member.language


def reply_state_key(reply_so_far: MeetingReply | None) -> str:
    """``coming``, ``waiting`` or ``absent``; empty where nothing was answered."""
    if reply_so_far is None:
        return ""
    if not reply_so_far.persons:
        return "absent"
    return "waiting" if reply_so_far.is_waiting else "coming"


def _save_invitation_reply_or_add_error(
    request: PortalRequest, meeting: Meeting, person: Person, form: InvitationReplyForm
) -> bool:
    """Whether it was saved; else the form says why, in the language of ``person``."""
    with limits.enforce_then_count(request, ("evening.network", limits.personal_or_network_limit_key(request))):
        try:
            evening.answer_invitation_and_reassign_seats(
                meeting=meeting, by=person, at=request.at, **form.reply_values()
            )
        except Refused as refused:
            form.add_error(None, refused.in_words())
        return form.is_valid()
