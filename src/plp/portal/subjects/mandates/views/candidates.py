"""A choice of the members, step by step: put forward, voted on, screened, appointed, or taken back (R23, R35, R36)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.evening import actions as evening
from plp.evening.minutes import vote_result_in_words
from plp.evening.queries.elected import elected_before_registering
from plp.evening.queries.sheet_votes import unlinked_closed_votes, upcoming_vote_on_candidate
from plp.launch.queries.progress import StepNotOpen
from plp.mandates.grants import Permission
from plp.membership import candidates
from plp.membership.models import Candidate
from plp.membership.queries import (
    candidates_in_scope,
    candidates_of,
    count_members_and_applicants,
    membership_state,
    proven_members_and_applicants_by_name,
)
from plp.membership.states import OPEN_CANDIDACIES, Candidacy
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.mandates.forms import AppointmentForm, CandidateVoteForm, ProposeCandidateForm
from plp.toolbox.moves import Refused

PROPOSE, APPOINT = Permission.CANDIDATE_PROPOSE, Permission.MANDATE_APPOINT_COORDINATOR


def _candidate_or_404(
    request: StaffRequest, key: str, candidate: UUID, permission: Permission, *states: Candidacy
) -> Candidate:
    """A candidate within one's scope who is at one of ``states``; else the same 404 as for nobody (T10)."""
    scope = candidates_in_scope(request.person, permission, at=request.at).filter(state__in=states)
    return get_object_or_404(scope, partnership__key=key, pk=candidate)


def _candidate_page(request: StaffRequest, template: str, candidate: Candidate, **more: object) -> HttpResponse:
    partnership = candidate.partnership
    context = {"candidate": candidate, "partnership": partnership, "quarter": partnership.name()}
    return render(request, f"mandates/{template}.html", context | more)


@needs(PROPOSE)
def propose_candidate(request: StaffRequest, key: str) -> HttpResponse:
    """Put somebody forward."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, PROPOSE, at=request.at), key=key)
    if "elected" in request.POST:
        return _propose_elected_and_redirect(request, partnership)
    form = ProposeCandidateForm(request.POST or None, partnership=partnership)
    if form.is_valid():
        person, function = form.cleaned_data["person"], form.cleaned_data["function"]
        candidate = candidates.propose_candidate(
            partnership=partnership, person=person, function=function, by=request.person, at=request.at
        )
        votes = [vote for vote in unlinked_closed_votes(candidate) if vote.label.casefold() == person.name.casefold()]
        if votes:
            evening.link_earlier_vote_and_record_result(
                candidate=candidate, question=votes[0], by=request.person, at=request.at
            )
            messages.success(request, _("Put forward, with what the members decided at the evening."))
        else:
            messages.success(request, _("Put forward. The members decide."))
        return redirect("mandates:people", key)
    context = {"form": form, "partnership": partnership, "quarter": partnership.name()}
    return render(request, "mandates/propose.html", context)


def _propose_elected_and_redirect(request: StaffRequest, partnership: Partnership) -> HttpResponse:
    """Put forward the one member or applicant who bears the name that a meeting elected, with its votes."""
    rows = {str(elected.question.pk): elected for elected in elected_before_registering(partnership)}
    elected = rows.get(request.POST["elected"])
    named = proven_members_and_applicants_by_name(partnership).get(elected.name.casefold(), []) if elected else []
    if elected is None or len(named) != 1:
        raise Http404
    evening.propose_elected(question=elected.question, person=named[0], by=request.person, at=request.at)
    return success(
        request, _("Put forward, with what the members decided at the evening."), "mandates:people", partnership.key
    )


@needs(PROPOSE)
def record_vote(request: StaffRequest, key: str, candidate: UUID) -> HttpResponse:
    """Record what the members decided, with the counts."""
    found = _candidate_or_404(request, key, candidate, PROPOSE, Candidacy.PROPOSED)
    earlier = unlinked_closed_votes(found)
    data = None if "earlier" in request.POST else request.POST or None
    form = CandidateVoteForm(data, members=count_members_and_applicants(found.partnership), at=request.at)
    for question in earlier:
        if request.POST.get("earlier") == str(question.pk):
            evening.link_earlier_vote_and_record_result(
                candidate=found, question=question, by=request.person, at=request.at
            )
            return success(request, _("The decision of the members is recorded."), "mandates:people", key)
    if form.is_valid():
        act = candidates.record_approval if form.cleaned_data["outcome"] == "approved" else candidates.record_rejection
        act(candidate=found, **form.vote_values, by=request.person, at=request.at)
        return success(request, _("The decision of the members is recorded."), "mandates:people", key)
    rows = [(question, vote_result_in_words(question.result)) for question in earlier if question.result]
    return _candidate_page(request, "vote", found, form=form, earlier=rows, awaited=upcoming_vote_on_candidate(found))


@needs(APPOINT)
@freshly_proven
def record_screenings_and_appoint(request: StaffRequest, key: str) -> HttpResponse:
    """Everybody whom the members chose, on one sheet: the outcome of the screening, and the appointment."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, APPOINT, at=request.at), key=key)
    chosen = candidates_of(partnership).filter(state__in=[Candidacy.APPROVED, Candidacy.SCREENED])
    data = request.POST or None
    rows = [
        AppointmentForm(
            data, candidate=candidate, belongs=membership_state(candidate.person, partnership), at=request.at
        )
        for candidate in chosen
    ]
    is_valid = request.method == "POST" and all([row.is_valid() for row in rows])  # noqa: C419 - each row tells its fault
    if is_valid and _screen_and_appoint_all_or_add_error(request, rows):
        return redirect("mandates:people", key)
    context = {"rows": rows, "partnership": partnership, "quarter": partnership.name()}
    return render(request, "mandates/appointments.html", context)


def _screen_and_appoint_all_or_add_error(request: StaffRequest, rows: list[AppointmentForm]) -> bool:
    """Enter every screening and appoint whom one ticked, or nothing at all; a refusal stands at its row."""
    row: AppointmentForm | None = None
    try:
        with transaction.atomic():
            for row in rows:
                _record_screening_and_appoint(request, row)
    except StepNotOpen:
        raise
    except Refused as refusal:
        if row is not None:
            row.add_error(None, refusal.in_words())
        return False
    if any(row.cleaned_data.get("outcome") == "unfit" for row in rows):
        messages.warning(request, _("Recorded. Ask the members to choose somebody else."))
    if any(row.cleaned_data["appoints"] for row in rows):
        messages.success(request, _("Appointed. Whoever gave an e-mail address gets a link to the sign-in."))
    elif any(row.cleaned_data.get("outcome") == "fit" for row in rows):
        messages.success(request, _("Recorded. You can appoint this person now."))
    return True


def _record_screening_and_appoint(request: StaffRequest, row: AppointmentForm) -> None:
    """What one row says."""
    act: dict[str, Any] = {"candidate": row.candidate, "by": request.person, "at": request.at}
    entry = row.cleaned_data
    if entry.get("outcome"):
        is_fit = entry["outcome"] == "fit"
        candidates.record_screening_and_end_unfit(**act, screened_on=entry["screened_on"], is_fit=is_fit)
    if entry["appoints"]:
        candidates.appoint_and_invite_candidate(**act, email=entry["email"])


@needs(APPOINT)
def redirect_to_appointments(request: StaffRequest, key: str, candidate: UUID) -> HttpResponse:
    """The addresses of one candidate's screening and appointment lead to the sheet of all."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, APPOINT, at=request.at), key=key)
    get_object_or_404(candidates_of(partnership), pk=candidate)
    return redirect("mandates:appointments", key)


@needs(PROPOSE)
def withdraw_candidate(request: StaffRequest, key: str, candidate: UUID) -> HttpResponse:
    """Take a candidacy back on the candidate's word, after a question."""
    found = _candidate_or_404(request, key, candidate, PROPOSE, *OPEN_CANDIDACIES)
    if request.method == "POST":
        candidates.withdraw_candidacy(candidate=found, by=request.person, at=request.at)
        return success(request, _("The candidacy is withdrawn."), "mandates:people", key)
    return _candidate_page(request, "withdraw", found)
