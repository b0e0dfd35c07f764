"""Paper forms, one after the other."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from plp.membership.actions import JoinRequest
from plp.membership.models import Membership
from plp.membership.paper_forms import paper_form_version, register_member_by_paper_form
from plp.membership.queries import is_reachable_in_writing, memberships_in_scope
from plp.partnership.models import Partnership
from plp.portal.shell.firm_fields import firm_entry
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.membership.enrolment.forms import PaperConsentForm
from plp.portal.subjects.membership.enrolment.scope import MANAGE, managed_partnership_or_404
from plp.toolbox.clock import local

LAST = "enrolment.last"  # in the session: the membership typed in before this one


@needs(MANAGE)
def enter_paper_form(request: StaffRequest, key: str) -> HttpResponse:
    """Type one form in; the next one begins at once, at the same door if one likes."""
    partnership = managed_partnership_or_404(request, key)
    today, last = local(request.at).date(), _last_entered_membership(request, partnership)
    initial = {"signed_on": today, "language": partnership.languages[0]}
    initial |= _same_household_initial(last) if last and request.GET.get("same") == "door" else {}
    form = PaperConsentForm(request.POST or None, partnership=partnership, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        membership = register_member_by_paper_form(
            partnership=partnership, joining=_join_request(form), by=request.person, at=request.at
        )
        request.session[LAST] = membership.pk.hex
        return redirect(f"{request.path}?same=door" if request.POST.get("next") == "same" else request.path)
    context = {"form": form, "partnership": partnership, "last": last}
    context["is_welcomed"] = last is not None and is_reachable_in_writing(last.person)
    return render(request, "membership/enrolment/form.html", context)


def _last_entered_membership(request: StaffRequest, partnership: Partnership) -> Membership | None:
    """The membership typed in before: found by its key, for no name is kept in a session."""
    known = request.session.get(LAST)
    scope = memberships_in_scope(request.person, at=request.at).filter(partnership=partnership)
    return scope.filter(pk=UUID(hex=known)).first() if known else None


def _same_household_initial(last: Membership) -> dict[str, object]:
    """Language and door of the form typed in before, where the next one is of the same household."""
    home = last.person.household
    return {"language": last.person.language, "street": str(home.street_id), "house": home.house} if home else {}


def _join_request(form: PaperConsentForm) -> JoinRequest:
    told = form.cleaned_data
    return JoinRequest(
        name=told["name"],
        language=told["language"],
        contacts=told["contacts"],
        rules_version=paper_form_version(told["signed_on"]),
        is_adult=True,
        lives_or_works_here=True,
        accepts_rules=True,
        street=told["street"],
        house=told["house"],
        police_sees_name=told["police_sees_name"],
        firm=firm_entry(told),
    )
