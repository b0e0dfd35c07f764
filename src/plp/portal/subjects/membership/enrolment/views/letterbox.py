"""The pages behind a code from a letter, mail or SMS: saying yes anew, or that the letter came to one's address."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from plp.membership.fresh_consents import (
    decline_fresh_consent_and_erase,
    give_fresh_consent_and_welcome,
    membership_of_consent_code,
)
from plp.membership.letterbox_codes import membership_of_letterbox_code, record_home_as_proven
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.portal.shell import limits
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.membership.enrolment.forms import LetterboxCodeForm
from plp.toolbox.ids import normalise_code


@public
def enter_letter_code(request: PortalRequest) -> HttpResponse:
    """Type the code of the letter; a wrong one counts under the limit of the network, as a right one does."""
    form = LetterboxCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = normalise_code(form.cleaned_data["code"])
        with limits.enforce_then_count(
            request, ("letterbox-code.network", limits.personal_or_network_limit_key(request))
        ):
            is_right = membership_of_letterbox_code(code, at=request.at) is not None
        if is_right:
            return redirect("membership:enrolment:confirm_code", code)
        form.add_error(
            "code", _("We do not know this code, or it is too old. Look at the letter, or ask your coordinator.")
        )
    return render(request, "membership/enrolment/code.html", {"form": form})


@public
def confirm_home_or_consent_by_code(request: PortalRequest, code: str) -> HttpResponse:
    """Say yes or no; looking changes nothing. A used, an old and a wrong code are the same."""
    by_letter = membership_of_letterbox_code(code, at=request.at)
    membership = by_letter or membership_of_consent_code(code)
    asks_anew = membership is not None and membership.says_yes_anew and membership.state == Belonging.PENDING
    outcome = (
        _apply_answer_and_get_outcome(request, membership, is_letter=by_letter is not None, asks_anew=asks_anew)
        if membership
        else ""
    )
    titles = {
        "member": _("You are a member"),
        "gone": _("You are not a member, and we have erased what we knew"),
        "proven": _("Your address is confirmed"),
    }
    question = _("Do you take part?") if asks_anew else _("Do you live or work there?")
    context = {
        "membership": membership,
        "asks_anew": asks_anew,
        "outcome": outcome,
        "title": titles.get(outcome) or (question if membership else _("This code does not work any more")),
        "name": membership.partnership.name() if membership else "",
    }
    return render(request, "membership/enrolment/confirm_code.html", context, status=200 if membership else 404)


def _apply_answer_and_get_outcome(
    request: PortalRequest, membership: Membership, *, is_letter: bool, asks_anew: bool
) -> str:
    """Do what the button says; which outcome to show, empty while nothing was answered."""
    answer = request.POST.get("answer", "") if request.method == "POST" else ""
    if answer == "no" and asks_anew:
        decline_fresh_consent_and_erase(membership=membership, by=None, at=request.at)
        return "gone"
    if answer != "yes":
        return ""
    if is_letter:
        record_home_as_proven(membership=membership, by=None, at=request.at)
    if asks_anew:
        give_fresh_consent_and_welcome(membership=membership, by=None, at=request.at)
    return "member" if asks_anew else "proven"
