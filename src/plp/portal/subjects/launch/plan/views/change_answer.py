"""The page behind the link in the letter about a change of a quarter: three buttons, no sign-in (ADR 72)."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from plp.launch.actions.quarter_changes import save_member_answer_to_quarter_change
from plp.launch.letters import name_of_other_or_future_partnership
from plp.launch.models import QuarterChangeMember
from plp.launch.queries.quarter_changes import (
    current_membership_of_mover,
    dispatch_of_change_letter,
    newest_change_of_reader,
)
from plp.launch.states import QuarterState
from plp.membership.actions import leave_partnership_with_receipt
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest

Answer = QuarterChangeMember.Answer


@public
@require_http_methods(["GET", "HEAD", "POST"])
def answer_quarter_change_by_link(request: PortalRequest, code: str) -> HttpResponse:
    """What changes and what one may say to it, in the language of the reader. GET changes nothing (T7)."""
    dispatch = dispatch_of_change_letter(code)
    if dispatch is None:
        raise Http404
    told = newest_change_of_reader(dispatch)
    if told is None:  # they left, and nothing is kept of them but that a letter went
        with translation.override(dispatch.language):
            return render(request, "launch/plan/change_answer.html", {"is_open": False})
    person, choice = told.membership.person, request.POST.get("answer", "")
    with translation.override(person.language):
        is_open, membership = told.change.state == QuarterState.TOLD, current_membership_of_mover(told)
        if request.method == "POST" and choice == "leaves":
            leave_partnership_with_receipt(membership=told.membership, by=person, at=request.at)
            return redirect(request.path)
        if request.method == "POST" and is_open and choice in {*Answer.values, "goes"}:
            save_member_answer_to_quarter_change(
                told=told, answer="" if choice == "goes" else choice, by=person, at=request.at
            )
            return redirect(request.path)
        context = {
            "told": told,
            "change": told.change,
            "is_open": is_open,
            "membership": membership,
            "member_of": membership.partnership.name(person.language) if membership else "",
            "name": told.change.partnership.name(person.language),
            "other": name_of_other_or_future_partnership(told.change, person.language),
        }
        return render(request, "launch/plan/change_answer.html", context)
