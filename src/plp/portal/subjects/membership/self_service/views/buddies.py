"""Somebody receives on behalf: asked by the member, answered by a link, ended by either (R66)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.membership import buddies
from plp.people.queries import open_agreement_of_member, open_agreements_as_helper, open_agreements_of_either_side
from plp.portal.shell.guards import member_or_staff_or_404, own_data, public
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.membership.self_service import scope
from plp.portal.subjects.membership.self_service.preference_forms import BuddyForm


@own_data
def see_and_invite_buddy(request: PortalRequest) -> HttpResponse:
    """Who receives for me, and for whom I receive."""
    person = member_or_staff_or_404(request)
    form = BuddyForm(request.POST or None, initial={"language": person.language})
    if request.method == "POST" and form.is_valid():
        scope.invite_buddy_under_limit(request, person, form.cleaned_data)
        return success(
            request,
            _("We have asked this person. You hear from us when they say yes."),
            "membership:self_service:buddy",
        )
    return render(
        request,
        "membership/self_service/buddy.html",
        {"form": form, "mine": open_agreement_of_member(person), "helps": open_agreements_as_helper(person)},
    )


@own_data
@require_POST
def end_buddy(request: PortalRequest, key: UUID) -> HttpResponse:
    """End it, whichever side one is on."""
    person = member_or_staff_or_404(request)
    found = get_object_or_404(open_agreements_of_either_side(person), pk=key)
    buddies.end_buddy_agreement(buddy=found, by=person, at=request.at)
    return success(request, _("Ended. No more copies are sent."), "membership:self_service:buddy")


@public
def answer_as_buddy(request: PortalRequest, key: str, signature: str) -> HttpResponse:
    """Where whoever was asked says yes or no, and ends it later; the signature in the address is the proof."""
    found = buddies.buddy_by_link(key, signature)
    if found is None:
        raise Http404
    if request.method == "POST" and "yes" in request.POST:
        buddies.accept_buddy_invitation(buddy=found, at=request.at)
        return redirect("membership:self_service:on_behalf", key, signature)
    if request.method == "POST":
        buddies.end_buddy_agreement(buddy=found, by=found.helper, at=request.at)
        return redirect("membership:self_service:on_behalf", key, signature)
    return render(request, "membership/self_service/on_behalf.html", {"buddy": found})
