"""One's own firm: what it is, when it is open, its people and its screens. Only of one's own memberships (T10)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.delivery import pages
from plp.firms import actions as firms
from plp.firms import screens
from plp.firms.queries import paired_screens_of
from plp.membership.firms import (
    active_trader_memberships,
    colleague_invitation_link,
    colleague_names_of,
    enter_firm_of_member,
)
from plp.membership.models import Membership
from plp.people.actions import set_contacts_at_firm
from plp.portal.shell.firm_fields import firm_entry
from plp.portal.shell.guards import member_or_staff_or_404, own_data
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.membership.self_service.firm_forms import FirmForm


def _own_trader_membership_or_404(request: PortalRequest, key: UUID, *, with_firm: bool = True) -> Membership:
    """One's own membership among the self-employed; 404 for any other, and without a firm where one is needed."""
    own = active_trader_memberships(member_or_staff_or_404(request))
    return get_object_or_404(own.exclude(firm=None) if with_firm else own, pk=key)


@own_data
def create_or_edit_firm(request: PortalRequest, key: UUID) -> HttpResponse:
    """Say what the firm is and when it is open; below, its people and its screens."""
    membership = _own_trader_membership_or_404(request, key, with_firm=False)
    form = FirmForm(request.POST or None, firm=membership.firm, person=membership.person)
    if request.method == "POST" and form.is_valid():
        _save_firm_with_hours_and_contacts(membership, form, request)
        return success(request, _("Saved."), "membership:self_service:firm", membership.pk)
    context = {"form": form, "membership": membership, "firm": membership.firm}
    if membership.firm is not None:
        context |= {
            "colleagues": colleague_names_of(membership),
            "invitation": colleague_invitation_link(membership, at=request.at),
            "screens": paired_screens_of(membership.firm),
        }
    return render(request, "membership/self_service/firm.html", context)


def _save_firm_with_hours_and_contacts(membership: Membership, form: FirmForm, request: PortalRequest) -> None:
    entry = firm_entry(form.cleaned_data)
    assert entry is not None  # noqa: S101  the form asks for it
    by, at = membership.person, request.at
    own_firm = enter_firm_of_member(membership=membership, entry=entry, by=by, at=at)
    firms.set_opening_hours(firm=own_firm, hours=form.opening_hours(), by=by, at=at)
    set_contacts_at_firm(person=by, keys=[UUID(hex=key) for key in form.cleaned_data["at_firm"]], by=by, at=at)


@own_data
@require_POST
def create_and_show_pairing_code(request: PortalRequest, key: UUID) -> HttpResponse:
    """A code for one screen, shown once."""
    membership = _own_trader_membership_or_404(request, key)
    assert membership.firm is not None  # noqa: S101  asked for above
    code = screens.create_screen_pairing_code(firm=membership.firm, by=membership.person, at=request.at)
    context = {"membership": membership, "code": f"{code[:4]} {code[4:]}", "address": pages.SCREEN.link()}
    return render(request, "membership/self_service/pair.html", context)


@own_data
@require_POST
def remove_screen(request: PortalRequest, key: UUID, screen: UUID) -> HttpResponse:
    """Take a screen of the firm off."""
    membership = _own_trader_membership_or_404(request, key)
    assert membership.firm is not None  # noqa: S101  asked for above
    row = get_object_or_404(paired_screens_of(membership.firm), pk=screen)
    screens.remove_screen(screen=row, by=membership.person, at=request.at)
    return success(request, _("This screen shows nothing any more."), "membership:self_service:firm", membership.pk)
