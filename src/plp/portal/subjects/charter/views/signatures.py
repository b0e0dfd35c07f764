"""Signing: put the text up, read it, sign with fresh proof or record a signature on paper, keep the files (R93)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.charter import actions as charter
from plp.charter.models import SLOT_NAMES, Deed
from plp.charter.obstacles import OBSTACLE_WORDS
from plp.charter.queries import (
    contact_names_not_in_office,
    contacts_of_partners,
    deed_in_preparation_or_signed,
    files_of_deed,
    frozen_files,
    last_signing_order_of_zone,
    signature_slots,
    signing_obstacles,
    slots_changed_since_freeze,
    slots_held_by_person,
    stored_bytes,
)
from plp.charter.queries.files import charter_files_of_partnership
from plp.charter.rules import ORDERS, signing_order_key
from plp.mandates.grants import Permission
from plp.partnership.gates import is_over
from plp.portal.shell.files import download
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.reauthentication import second_factor_proven_at
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.charter.forms import PaperSignatureForm, PutUpForm, SignCharterForm, slot_label_or_none
from plp.portal.subjects.charter.scope import latest_deed_or_404, writable_partnership_or_404
from plp.portal.subjects.charter.untranslated import missing_translation_rows

WRITE, SIGN = Permission.CHARTER_WRITE, Permission.CHARTER_SIGN
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@needs(WRITE)
def signing_page(request: StaffRequest, key: str) -> HttpResponse:
    """The four slots, what stands in the way, and the files."""
    partnership = writable_partnership_or_404(request, key)
    deed = deed_in_preparation_or_signed(partnership, Deed.Kind.CHARTER)
    mine = [role.value for role in slots_held_by_person(request.person, deed, at=request.at)] if deed else []
    prepared = deed if deed and not deed.frozen_at and not is_over(partnership) else None
    context = {
        "partnership": partnership,
        "deed": deed,
        "slots": signature_slots(deed) if deed else [],
        "mine": mine,
        "obstacles": [OBSTACLE_WORDS[one] for one in signing_obstacles(prepared)] if prepared else [],
        "order": ORDERS[signing_order_key(deed.order)][0] if deed else "",
        "files": list(files_of_deed(deed)) if deed else [],
        "may_sign": SIGN in request.permissions,
        "differences": contact_names_not_in_office(partnership, at=request.at),
        "untranslated": missing_translation_rows(prepared, request) if prepared else [],
        "changed_partners": _offices_with_changed_contact(deed) if deed else [],
    }
    return render(request, "charter/signing.html", context)


@needs(WRITE)
def put_up_for_signature(request: StaffRequest, key: str) -> HttpResponse:
    """Freeze the text and ask the four, after a question."""
    deed = latest_deed_or_404(request, key, Deed.Kind.CHARTER)
    untranslated = missing_translation_rows(deed, request)
    start = {"order": signing_order_key(last_signing_order_of_zone(deed))}
    form = PutUpForm(request.POST or None, initial=start, is_untranslated=bool(untranslated))
    if request.method == "POST" and form.is_valid():
        order, is_known = ORDERS[form.cleaned_data["order"]][1], form.cleaned_data.get("untranslated", False)
        charter.freeze_and_mail_for_signature(
            deed=deed, order=order, may_be_untranslated=is_known, by=request.person, at=request.at
        )
        return success(request, _("The text is frozen. The partners were asked to sign."), "charter:signing", key)
    context = {
        "form": form,
        "deed": deed,
        "partnership": deed.partnership,
        "differences": contact_names_not_in_office(deed.partnership, at=request.at),
        "untranslated": untranslated,
    }
    return render(request, "charter/put_up.html", context)


@needs(WRITE)
def recall_from_signature(request: StaffRequest, key: str) -> HttpResponse:
    """Take the text back, after a question."""
    deed = latest_deed_or_404(request, key, Deed.Kind.CHARTER)
    if request.method == "POST":
        charter.recall_from_signature_to_draft(deed=deed, by=request.person, at=request.at)
        return success(
            request, _("Withdrawn. Change it, agree, and submit it again."), "charter:text", key, Deed.Kind.CHARTER
        )
    count = deed.signatures.count()
    return render(request, "charter/recall.html", {"partnership": deed.partnership, "count": count})


@needs(SIGN)
@freshly_proven
def sign_deed(request: StaffRequest, key: str, slot: str) -> HttpResponse:
    """Read the frozen text, then sign it."""
    deed, label = latest_deed_or_404(request, key, Deed.Kind.CHARTER), slot_label_or_none(slot)
    if label is None:
        raise Http404
    form = SignCharterForm(
        request.POST or None, slot=slot, languages=deed.languages, named=_name_of_slot_contact(deed, slot)
    )
    form.fields["fingerprint"].initial = deed.fingerprint
    form.require_tick_for_other_name(request.person.name)
    if request.method == "POST" and form.is_valid():
        fingerprint, quality = form.cleaned_data["fingerprint"], form.cleaned_data["quality"]
        charter.sign_charter(
            deed=deed,
            slot=slot,
            quality=quality,
            fingerprint=fingerprint,
            proven_at=second_factor_proven_at(request),
            by=request.person,
            at=request.at,
        )
        return success(request, _("You signed."), "charter:signing", key)
    context = {"form": form, "deed": deed, "partnership": deed.partnership, "label": label, "files": frozen_files(deed)}
    context["changed_partners"] = _offices_with_changed_contact(deed)
    return render(request, "charter/sign.html", context)


def _offices_with_changed_contact(deed: Deed) -> list[str]:
    """The offices whose contact details annex 1 of the frozen text no longer has right."""
    return [str(SLOT_NAMES[slot]) for slot in slots_changed_since_freeze(deed)]


def _name_of_slot_contact(deed: Deed, slot: str) -> str:
    """Whom the contact details name for a slot; nobody before they are given."""
    names = {contact.slot: contact.name for contact in contacts_of_partners(deed.partnership)}
    return names.get(slot, "")


@needs(WRITE)
def record_signature_on_paper(request: StaffRequest, key: str, slot: str) -> HttpResponse:
    """Hand in the scan of a signature on paper, as its witness. A refused scan leaves the fields as they were."""
    deed, label = latest_deed_or_404(request, key, Deed.Kind.CHARTER), slot_label_or_none(slot)
    if label is None:
        raise Http404
    named = _name_of_slot_contact(deed, slot)
    form = PaperSignatureForm(
        request.POST or None, request.FILES or None, slot=slot, languages=deed.languages, named=named
    )
    form.fields["name"].initial = named
    form.require_tick_for_other_name(request.POST.get("name", named))
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "quality", "signed_on")}
        content = form.cleaned_data["scan"].read()
        charter.note_signature_on_paper(deed=deed, slot=slot, content=content, by=request.person, at=request.at, **told)
        return success(request, _("Recorded, with you as the witness."), "charter:signing", key)
    context = {"form": form, "deed": deed, "partnership": deed.partnership, "label": label}
    return render(request, "charter/on_paper.html", context, status=200)


@needs(WRITE)
def stored_charter_file(request: StaffRequest, key: str, file: UUID) -> HttpResponse:
    """A stored file, byte for byte."""
    found = get_object_or_404(charter_files_of_partnership(writable_partnership_or_404(request, key)), pk=file)
    name = f"charter-{key}-{found.deed.version}-{found.kind}{'-' if found.language else ''}{found.language}"
    is_shown = found.media != "image/jpeg"
    ending = ENDINGS[found.media]
    return download(stored_bytes(found), name=f"{name}.{ending}", content_type=found.media, inline=is_shown)
