"""A choice of the members, step by step: put forward, voted on, screened, appointed, or taken back (R23, R35, R36)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.evening import actions as evening
from plp.evening.minutes import result_in_words
from plp.evening.queries.sheet_votes import awaited_vote, earlier_votes
from plp.mandates.grants import Permission
from plp.membership import candidates
from plp.membership.models import Candidate
from plp.membership.queries import candidates_in_scope, membership_state
from plp.membership.states import OPEN_CANDIDACIES, Candidacy
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.mandates.forms import AppointForm, ProposeForm, ScreeningForm, VoteForm

PROPOSE, APPOINT = Permission.CANDIDATE_PROPOSE, Permission.MANDATE_APPOINT_COORDINATOR


def _find(request: StaffRequest, key: str, candidate: UUID, permission: Permission, *states: Candidacy) -> Candidate:
    """A candidate within one's scope who is at one of ``states``; else the same 404 as for nobody (T10)."""
    scope = candidates_in_scope(request.person, permission, at=request.at).filter(state__in=states)
    return get_object_or_404(scope, partnership__key=key, pk=candidate)


def _page(request: StaffRequest, template: str, candidate: Candidate, **more: object) -> HttpResponse:
    partnership = candidate.partnership
    context = {"candidate": candidate, "partnership": partnership, "quarter": partnership.name(get_language() or "fr")}
    return render(request, f"mandates/{template}.html", context | more)


@needs(PROPOSE)
def propose(request: StaffRequest, key: str) -> HttpResponse:
    """Put somebody forward."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, PROPOSE, at=request.at), key=key)
    form = ProposeForm(request.POST or None, partnership=partnership)
    if form.is_valid():
        person, function = form.cleaned_data["person"], form.cleaned_data["function"]
        candidate = candidates.propose_candidate(
            partnership=partnership, person=person, function=function, by=request.person, at=request.at
        )
        votes = [vote for vote in earlier_votes(candidate) if vote.label.casefold() == person.name.casefold()]
        if votes:
            evening.link_earlier_vote(candidate=candidate, question=votes[0], by=request.person, at=request.at)
            messages.success(request, _("Put forward, with what the members decided at the evening."))
        else:
            messages.success(request, _("Put forward. The members decide."))
        return redirect("mandates:people", key)
    context = {"form": form, "partnership": partnership, "quarter": partnership.name(get_language() or "fr")}
    return render(request, "mandates/propose.html", context)


@needs(PROPOSE)
def vote(request: StaffRequest, key: str, candidate: UUID) -> HttpResponse:
    """Record what the members decided, with the counts."""
    found = _find(request, key, candidate, PROPOSE, Candidacy.PROPOSED)
    earlier = earlier_votes(found)
    form = VoteForm(None if "earlier" in request.POST else request.POST or None, at=request.at)
    for question in earlier:
        if request.POST.get("earlier") == str(question.pk):
            evening.link_earlier_vote(candidate=found, question=question, by=request.person, at=request.at)
            messages.success(request, _("The decision of the members is recorded."))
            return redirect("mandates:people", key)
    if form.is_valid():
        act = candidates.record_approval if form.cleaned_data["outcome"] == "approved" else candidates.record_rejection
        act(candidate=found, **form.counts, by=request.person, at=request.at)
        messages.success(request, _("The decision of the members is recorded."))
        return redirect("mandates:people", key)
    rows = [(question, result_in_words(question.result)) for question in earlier if question.result]
    return _page(request, "vote", found, form=form, earlier=rows, awaited=awaited_vote(found))


@needs(APPOINT)
@freshly_proven
def screening(request: StaffRequest, key: str, candidate: UUID) -> HttpResponse:
    """Enter the day and the outcome of the screening, nothing else."""
    found = _find(request, key, candidate, APPOINT, Candidacy.APPROVED)
    form = ScreeningForm(request.POST or None, at=request.at)
    if form.is_valid():
        is_fit, screened_on = form.cleaned_data["outcome"] == "fit", form.cleaned_data["screened_on"]
        candidates.record_screening(
            candidate=found, screened_on=screened_on, is_fit=is_fit, by=request.person, at=request.at
        )
        if is_fit:
            messages.success(request, _("Recorded. You can appoint this person now."))
        else:
            messages.warning(request, _("Recorded. Ask the members to choose somebody else."))
        return redirect("mandates:people", key)
    return _page(request, "screening", found, form=form)


@needs(APPOINT)
@freshly_proven
def appoint(request: StaffRequest, key: str, candidate: UUID) -> HttpResponse:
    """Appoint whom the members chose, after a look at what comes before."""
    found = _find(request, key, candidate, APPOINT, Candidacy.APPROVED, Candidacy.SCREENED)
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        candidates.appoint_and_invite_candidate(
            candidate=found, email=form.cleaned_data["email"], by=request.person, at=request.at
        )
        messages.success(request, _("Appointed. An e-mail with a link to the sign-in is on its way."))
        return redirect("mandates:people", key)
    return _page(request, "appoint", found, form=form, belongs=membership_state(found.person, found.partnership))


@needs(PROPOSE)
def withdraw(request: StaffRequest, key: str, candidate: UUID) -> HttpResponse:
    """Take a candidacy back on the candidate's word, after a question."""
    found = _find(request, key, candidate, PROPOSE, *OPEN_CANDIDACIES)
    if request.method == "POST":
        candidates.withdraw_candidacy(candidate=found, by=request.person, at=request.at)
        messages.success(request, _("The candidacy is withdrawn."))
        return redirect("mandates:people", key)
    return _page(request, "withdraw", found)
