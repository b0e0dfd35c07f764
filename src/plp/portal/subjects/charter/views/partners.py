"""The partners' contact details."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from plp.charter import actions as charter
from plp.charter.queries import (
    contact_names_not_in_office,
    known_or_proposed_contact_details,
    partners_without_contact,
    signed_deed,
)
from plp.charter.reasons import REASONS
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.charter.committee import committee_members
from plp.portal.subjects.charter.forms import PartnerContactForm, slot_label_or_none
from plp.portal.subjects.charter.scope import writable_partnership_or_404

WRITE = Permission.CHARTER_WRITE


@needs(WRITE)
def edit_contacts(request: StaffRequest, key: str) -> HttpResponse:
    """All partners on one form, filled with what is known: each may be corrected, and is kept once it is saved."""
    partnership = writable_partnership_or_404(request, key)
    details = known_or_proposed_contact_details(partnership, request.person, at=request.at)
    forms = [
        PartnerContactForm(request.POST or None, role=role, details=known_details, languages=partnership.languages)
        for role, known_details in details.items()
    ]
    if request.method == "POST" and not [form for form in forms if not form.is_valid()]:
        filled = {str(form.prefix): form.details for form in forms if form.is_filled}
        charter.set_contacts_and_amend_charter(
            partnership=partnership, contacts=filled, by=request.person, at=request.at
        )
        return success(request, _("Saved."), "charter:contacts", key)
    context = {
        "partnership": partnership,
        "reason": REASONS["partners"],
        "forms": forms,
        "missing": {role.value for role in partners_without_contact(partnership)},
        "differences": contact_names_not_in_office(partnership, at=request.at),
        "committee": committee_members(partnership, at=request.at),
        "is_signed": signed_deed(partnership, "charter") is not None,
    }
    return render(request, "charter/contacts.html", context)


@needs(WRITE)
def redirect_to_contacts(request: StaffRequest, key: str, slot: str) -> HttpResponse:
    """Each partner had a page of their own once: all stand on one form now."""
    writable_partnership_or_404(request, key)
    if slot_label_or_none(slot) is None:
        raise Http404
    return redirect("charter:contacts", key)
