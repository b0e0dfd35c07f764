"""The pages of a meeting that everybody opens with its address: what, where, when; vote; be there; help."""

from contextlib import AbstractContextManager

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from plp.evening import actions as evening
from plp.evening import queries
from plp.evening.calendar import calendar_file, meeting_calendar_entry
from plp.evening.letters import public_meeting_url
from plp.evening.models import Meeting
from plp.evening.papers import approved_minutes_pdf
from plp.evening.rules import grouped_ballot_code
from plp.evening.states import MeetingState
from plp.membership.queries import is_member_or_applicant
from plp.partnership.queries import public_partnerships as joinable
from plp.portal.shell import limits
from plp.portal.shell.files import download
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.evening.ballot_cookie import (
    code_on_telephone,
    forget_code_on_telephone,
    keep_code_on_telephone,
)
from plp.portal.subjects.evening.forms.voices import HereForm, OfferHelpForm
from plp.portal.subjects.evening.forms.votes import BallotForm
from plp.portal.subjects.evening.presentation import room_screen_context
from plp.portal.subjects.evening.scope import PDF, meeting_context, page_language, qr_code_response

TAKING_CODES = {MeetingState.CONVENED, MeetingState.OPEN}  # while a code may vote
OFFERING = {MeetingState.CONVENED, MeetingState.OPEN, MeetingState.HELD}  # while help is asked for


def _public_meeting_or_404(token: str) -> Meeting:
    """The meeting of a token, once people are invited; anything else is the same 404."""
    return get_object_or_404(queries.public_meeting_by_token(token))


@public
def meeting_page(request: PortalRequest, token: str) -> HttpResponse:
    """What, where, when, the agenda, how to take part."""
    found = _public_meeting_or_404(token)
    member = request.member
    context = meeting_context(
        found,
        access=found.text_in("access", page_language(), found.languages),
        may_reply=found.state == MeetingState.CONVENED
        and bool(member and is_member_or_applicant(member, found.partnership)),
        is_ahead=found.state in {MeetingState.CONVENED, MeetingState.OPEN},
        points=found.points.all(),
        open=queries.questions_open_for_voting(found),
        joinable=joinable().filter(pk=found.partnership_id).exists(),
        minutes=found.minutes.order_by("language") if found.state == MeetingState.APPROVED else [],
        may_offer=found.state in OFFERING,
    )
    return render(request, "evening/public/page.html", context)


@public
def meeting_calendar_file(request: PortalRequest, token: str) -> HttpResponse:
    """The meeting for one's own calendar."""
    made = calendar_file([meeting_calendar_entry(_public_meeting_or_404(token), page_language())])
    return download(made, name="evening.ics", content_type="text/calendar; charset=utf-8")


@public
def meeting_page_qr_code(request: PortalRequest, token: str) -> HttpResponse:
    """The QR code to the page of a meeting."""
    return qr_code_response(public_meeting_url(_public_meeting_or_404(token)))


@public
def room_screen(request: PortalRequest, token: str) -> HttpResponse:
    """What is projected: the point, the vote that is open, the result once it is closed."""
    found = _public_meeting_or_404(token)
    context = meeting_context(found, bare=True, link=public_meeting_url(found), **room_screen_context(found))
    return render(request, "evening/screen.html", context)


@public
def vote_qr_code(request: PortalRequest, token: str) -> HttpResponse:
    """The QR code to the ballot of a meeting."""
    return qr_code_response(f"{public_meeting_url(_public_meeting_or_404(token))}vote/")


@public
def vote_with_ballot_code(request: PortalRequest, token: str) -> HttpResponse:
    """The ballot: a code, and a choice on each question that waits for it. Nothing is kept in the session.

    A page that waits for a vote asks by itself, and hears nothing while none waits for its code.
    """
    found = _public_meeting_or_404(token)
    code = code_on_telephone(request, found)
    is_cast = request.method == "POST"
    questions = queries.questions_open_for_code(found, "" if is_cast else code)
    form = BallotForm(request.POST if is_cast else None, questions=questions, initial={"code": code})
    if is_cast and questions and form.is_valid():  # nobody tries all codes: nine signs are enough (ADR 34)
        choices = form.chosen_answers_by_question()
        evening.cast_votes(meeting=found, code=form.cleaned_data["code"], choices=choices, by=None, at=request.at)
        return redirect("evening:voted", token)
    context = meeting_context(found, form=form, questions=questions, code=code and grouped_ballot_code(code))
    is_still_waiting = request.htmx and not questions
    answer = HttpResponse(status=204) if is_still_waiting else render(request, "evening/public/vote.html", context)
    if code and found.state not in TAKING_CODES:
        forget_code_on_telephone(answer)
    return answer


@public
def vote_confirmation(request: PortalRequest, token: str) -> HttpResponse:
    """That a vote counted: the same page for everybody."""
    found = _public_meeting_or_404(token)
    has_code = bool(code_on_telephone(request, found))
    return render(request, "evening/public/voted.html", meeting_context(found, has_code=has_code))


@public
def take_ballot_code_by_link(request: PortalRequest, token: str, link: str) -> HttpResponse:
    """Take a code at the door, on the telephone that asks and keeps it for the evening."""
    found = _public_meeting_or_404(token)
    if request.method != "POST":
        return render(request, "evening/public/door.html", meeting_context(found))
    code = evening.exchange_link_for_ballot_code(meeting=found, link=link, by=None, at=request.at)
    answer = render(request, "evening/public/door.html", meeting_context(found, code=grouped_ballot_code(code)))
    keep_code_on_telephone(answer, found, code)
    return answer


@public
def note_own_arrival(request: PortalRequest, token: str) -> HttpResponse:
    """I am here: a number, and a name only if one wants."""
    found = _public_meeting_or_404(token)
    if found.state != MeetingState.OPEN:
        return redirect("evening:page", token)
    form = HereForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with _enforce_shared_network_limit(request):
            evening.record_own_arrival(meeting=found, by=None, at=request.at, **form.cleaned_data)
        return render(request, "evening/public/thanks.html", meeting_context(found, what="here"))
    return render(request, "evening/public/here.html", meeting_context(found, form=form))


@public
def offer_help(request: PortalRequest, token: str) -> HttpResponse:
    """Offer help: who, how to be reached, with what; where none is asked any more, the page of the meeting says why."""
    found = _public_meeting_or_404(token)
    if request.method != "POST" and found.state not in OFFERING:
        return redirect("evening:page", token)
    form = OfferHelpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with _enforce_shared_network_limit(request):
            evening.record_help_offer(meeting=found, by=None, at=request.at, **form.cleaned_data)
        return render(request, "evening/public/thanks.html", meeting_context(found, what="help"))
    return render(request, "evening/public/help.html", meeting_context(found, form=form))


def _enforce_shared_network_limit(request: PortalRequest) -> AbstractContextManager[None]:
    """A hall full of people shares a network: the limit is wide. Raises ``MustWait``."""
    return limits.enforce_then_count(request, ("evening.network", limits.personal_or_network_limit_key(request)))


@public
def approved_minutes_file(request: PortalRequest, token: str, language: str) -> HttpResponse:
    """The approved minutes."""
    found = _public_meeting_or_404(token)
    if found.state != MeetingState.APPROVED:
        raise Http404
    one = get_object_or_404(found.minutes.select_related("meeting__partnership__area"), language=language)
    made = approved_minutes_pdf(one, at=found.approved_at or request.at)
    return download(made, name=f"minutes-{one.language}.pdf", content_type=PDF, inline=True)
