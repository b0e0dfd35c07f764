"""Members accept the internal rules that hold; the coordinator sees who has not, and notes it on paper (R68, R98)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.charter import actions as charter
from plp.charter.letters import rules_acceptance_slip
from plp.charter.models import Deed
from plp.charter.papers import rules_paper
from plp.charter.queries import (
    active_members_bound_by,
    members_without_acceptance_of_rules,
    rules_to_be_accepted_by,
    signed_deed,
)
from plp.delivery.installed import senders
from plp.documents import document_html
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.guards import member_or_staff_or_404, needs, own_data
from plp.portal.shell.requests import PortalRequest, StaffRequest, success
from plp.portal.subjects.charter.downloads import document_response
from plp.portal.subjects.charter.forms import AcceptRulesForm
from plp.portal.subjects.charter.scope import reading_language

MANAGE = Permission.MEMBERS_MANAGE


@own_data
def accept_rules(request: PortalRequest, key: str) -> HttpResponse:
    """Read the rules that hold in one's partnership, and accept them."""
    person = member_or_staff_or_404(request)
    deed = next((one for one in rules_to_be_accepted_by(person) if one.partnership.key == key), None)
    if deed is None:
        return render(request, "charter/accepted.html")
    form = AcceptRulesForm(request.POST or None, version=deed.version)
    if request.method == "POST" and form.is_valid():
        charter.accept_rules(deed=deed, by=person, at=request.at)
        return success(request, _("Thank you. You accepted the internal rules."), "membership:self_service:messages")
    language = reading_language(request, deed.languages)
    page = document_html(rules_paper(deed, language))
    name = deed.partnership.name()
    return render(request, "charter/accept.html", {"form": form, "page": page, "language": language, "name": name})


def _rules_in_force_or_404(request: StaffRequest, key: str) -> Deed:
    """The rules in force of a partnership whose members one manages; else the same 404 as for nothing (T10)."""
    partnership: Partnership = get_object_or_404(partnerships_in_scope(request.person, MANAGE, at=request.at), key=key)
    deed = signed_deed(partnership, Deed.Kind.RULES)
    if deed is None:
        raise Http404
    return deed


@needs(MANAGE)
def rules_acceptance_page(request: StaffRequest, key: str) -> HttpResponse:
    """How many members accepted the rules that hold, and who has not yet."""
    deed = _rules_in_force_or_404(request, key)
    missing = list(
        members_without_acceptance_of_rules(deed).select_related("person").prefetch_related("person__contacts")
    )
    by_wire = set(senders())
    rows = [
        (one, any(point.channel in by_wire and point.confirmed_at for point in one.person.contacts.all()))
        for one in missing
    ]
    all_members = active_members_bound_by(deed).count()
    context = {"deed": deed, "partnership": deed.partnership, "rows": rows, "all": all_members}
    return render(request, "charter/acceptance.html", context | {"accepted": all_members - len(missing)})


@needs(MANAGE)
def record_acceptance_on_paper(request: StaffRequest, key: str, membership: UUID) -> HttpResponse:
    """Note that a member signed the rules on paper, after a question."""
    deed = _rules_in_force_or_404(request, key)
    found = get_object_or_404(members_without_acceptance_of_rules(deed).select_related("person"), pk=membership)
    if request.method == "POST":
        charter.record_rules_accepted_on_paper(deed=deed, membership=found, by=request.person, at=request.at)
        return success(request, _("Noted."), "charter:acceptance", key)
    context = {"deed": deed, "partnership": deed.partnership, "name": found.person.name}
    return render(request, "charter/accepted_on_paper.html", context)


@needs(MANAGE)
def acceptance_slip_file(request: StaffRequest, key: str, form: str) -> HttpResponse:
    """The slip that a member signs who prefers paper."""
    deed = _rules_in_force_or_404(request, key)
    return document_response(
        request, rules_acceptance_slip(deed, reading_language(request, deed.languages)), name=f"slip-{key}", form=form
    )


@needs(MANAGE)
def rules_file(request: StaffRequest, key: str, form: str) -> HttpResponse:
    """The rules that hold, to print for a member."""
    deed = _rules_in_force_or_404(request, key)
    return document_response(
        request, rules_paper(deed, reading_language(request, deed.languages)), name=f"rules-{key}", form=form
    )
