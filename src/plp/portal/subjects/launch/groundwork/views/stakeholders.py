"""Who must know, and the proof that they were told (R15)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.launch.actions import stakeholders
from plp.launch.models import Stakeholder
from plp.launch.proof_files import PROOF_TYPES
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.groundwork.forms.ground import AddStakeholderForm, StakeholderInformedForm
from plp.portal.subjects.launch.groundwork.scope import page_context, partnership_or_404
from plp.sandbox.virus_scan import scan_for_viruses

GROUNDWORK = Permission.GROUNDWORK


def _stakeholder_or_404(request: StaffRequest, key: str, pk: UUID) -> Stakeholder:
    """A stakeholder of a partnership of one's own."""
    return get_object_or_404(partnership_or_404(request, key).stakeholders.select_related("partnership__area"), pk=pk)


@needs(GROUNDWORK)
def list_and_add_stakeholders(request: StaffRequest, key: str) -> HttpResponse:
    """The list, those not told first, and a form for one more."""
    partnership = partnership_or_404(request, key)
    form = AddStakeholderForm(request.POST or None, languages=partnership.languages)
    if request.method == "POST" and form.is_valid():
        _add_stakeholder_and_note_contact(request, partnership, form)
        return redirect("launch:groundwork:stakeholders", key)
    rows = list(partnership.stakeholders.order_by("at"))
    told = [one for one in rows if one.told_on]
    waiting = [one for one in rows if not one.told_on]
    return render(
        request, "launch/groundwork/stakeholders.html", page_context(partnership, form=form, told=told, waiting=waiting)
    )


def _add_stakeholder_and_note_contact(
    request: StaffRequest, partnership: Partnership, form: AddStakeholderForm
) -> None:
    """Put them on the list, and note how they were told if they were."""
    entry = {"who": form.cleaned_data["who"], **form.reason_values}
    act: dict[str, Any] = {"by": request.person, "at": request.at}
    with transaction.atomic():
        stakeholder = stakeholders.add_stakeholder(partnership=partnership, **entry, **act)
        if form.information_proof:
            stakeholders.record_stakeholder_informed_with_proof(
                stakeholder=stakeholder, telling=form.information_proof, **act
            )
    words = (
        _("Noted, with its proof.") if form.information_proof else _("On the list. Note it here once they were told.")
    )
    messages.success(request, words)


@needs(GROUNDWORK)
def record_how_informed(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """Note how they were told, with proof."""
    one = _stakeholder_or_404(request, key, pk)
    languages = one.partnership.languages
    known = {
        "told_on": one.told_on,
        "means": one.means,
        "proof": one.text_of("proof", languages) if one.proof else None,
    }
    form = StakeholderInformedForm(request.POST or None, request.FILES or None, initial=known, languages=languages)
    if request.method == "POST" and form.is_valid():
        telling = form.information_proof
        scan_for_viruses(telling.content)
        stakeholders.record_stakeholder_informed_with_proof(
            stakeholder=one, telling=telling, by=request.person, at=request.at
        )
        return success(request, _("Noted, with its proof."), "launch:groundwork:stakeholders", key)
    return render(request, "launch/groundwork/stakeholder.html", page_context(one.partnership, form=form, one=one))


@needs(GROUNDWORK)
def proof_file(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """The file of a proof, as it was handed in: a PDF or picture to look at, in a sandbox."""
    one = _stakeholder_or_404(request, key, pk)
    if not one.file:
        raise Http404
    with one.file.open() as file:
        content = file.read()
    kind = one.file_kind
    return download(content, name=f"proof.{kind}", content_type=PROOF_TYPES[kind], inline=kind in {"pdf", "png"})


@needs(GROUNDWORK)
def confirm_and_remove_stakeholder(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """Take somebody off the list, after a question."""
    one = _stakeholder_or_404(request, key, pk)
    if request.method == "POST":
        stakeholders.delete_stakeholder_with_proof(stakeholder=one, by=request.person, at=request.at)
        return success(request, _("Removed from the list."), "launch:groundwork:stakeholders", key)
    return render(request, "launch/groundwork/delist.html", page_context(one.partnership, one=one))
