"""The partners' contact details."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from plp.charter import actions as charter
from plp.charter.models import SLOT_NAMES
from plp.charter.queries import contacts_of_partners, signed_deed
from plp.charter.reasons import REASONS
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.charter.forms import ContactForm, slot_label
from plp.portal.subjects.charter.scope import partnership_of

WRITE = Permission.CHARTER_WRITE


@needs(WRITE)
def contacts(request: StaffRequest, key: str) -> HttpResponse:
    """Each partner with what is known."""
    partnership = partnership_of(request, key)
    known = {one.slot: one for one in contacts_of_partners(partnership)}
    rows = [(slot, label, known.get(slot)) for slot, label in SLOT_NAMES.items()]
    context = {"partnership": partnership, "reason": REASONS["partners"], "rows": rows}
    return render(request, "charter/contacts.html", context)


@needs(WRITE)
def contact(request: StaffRequest, key: str, slot: str) -> HttpResponse:
    """Give or change the details of one partner."""
    partnership, label = partnership_of(request, key), slot_label(slot)
    if label is None:
        raise Http404
    known = next((one for one in contacts_of_partners(partnership) if one.slot == slot), None)
    start = {name: getattr(known, name) for name in ("organisation", "name", "email", "phone")} if known else {}
    if not known and slot == "coordinator":
        start = {"email": partnership.contact_email}
    form = ContactForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        charter.set_contact(partnership=partnership, slot=slot, by=request.person, at=request.at, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("charter:contacts", key)
    is_signed = signed_deed(partnership, "charter") is not None
    context = {"form": form, "partnership": partnership, "label": label, "is_signed": is_signed}
    return render(request, "charter/contact.html", context)
