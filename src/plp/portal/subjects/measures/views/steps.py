"""Steps: a talk noted; a measure proposed, signed, dropped, lifted; the copy to the FPS Interior."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp import documents
from plp.mandates.grants import Permission
from plp.measures.actions import files, steps
from plp.measures.models import Measure
from plp.measures.papers import measure_paper
from plp.measures.queries import measures_of, next_signer, possible_next_steps
from plp.measures.states import MeasureStep
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.reauthentication import second_factor_proven_at
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.measures.forms import CopyForm, ProposeMeasureForm, RecordTalkForm, SignMeasureForm
from plp.portal.subjects.measures.scope import file_or_404, measure_or_404, offices_over_file, own_words_context
from plp.toolbox.clock import local

SEE = Permission.MEASURE_SEE


@needs(SEE)
def record_talk(request: StaffRequest, key: UUID) -> HttpResponse:
    """Note a talk: its day, and whether they came."""
    file = file_or_404(request, key)
    form = RecordTalkForm(request.POST or None, initial={"held_on": local(request.at).date()})
    if request.method == "POST" and form.is_valid():
        held_on, came = form.cleaned_data["held_on"], form.cleaned_data["came"] == "yes"
        files.note_talk_and_notify(file=file, held_on=held_on, came=came, by=request.person, at=request.at)
        return success(request, _("The talk is noted. The person can read it."), "measures:detail", key)
    return render(request, "measures/talk.html", {"file": file, "form": form})


@needs(SEE)
def propose_measure(request: StaffRequest, key: UUID, step: str) -> HttpResponse:
    """Propose a measure with its reasons."""
    file = file_or_404(request, key)
    open_ones = possible_next_steps(file, measures_of(file, seen_by_deciders=True), offices_over_file(request, file))
    rung = next((one for one in open_ones if one.step == step and one.signers), None)
    if rung is None:
        raise Http404
    form = ProposeMeasureForm(request.POST or None, rung=rung)
    if request.method == "POST" and form.is_valid():
        steps.propose_measure_and_ask_signature(
            file=file, step=MeasureStep(step), by=request.person, at=request.at, **form.cleaned_data
        )
        return success(request, _("Proposed. Whoever signs first gets a message."), "measures:detail", key)
    return render(request, "measures/propose.html", {"file": file, "form": form, "rung": rung})


@needs(SEE)
@freshly_proven
def sign_measure(request: StaffRequest, key: UUID, measure: UUID) -> HttpResponse:
    """Read the letter as it will be, in one's own language too, then sign it for one's own office."""
    found = measure_or_404(request, key, measure)
    slot, roles = next_signer(found), offices_over_file(request, found.file)
    if slot is None or slot not in roles:
        raise Http404
    words = own_words_context(found.file, roles)
    fingerprints = {"fingerprint": found.fingerprint, "words_fingerprint": words["words_fingerprint"]}
    form = SignMeasureForm(request.POST or None, initial=fingerprints)
    if request.method == "POST" and form.is_valid():
        steps.sign_measure_and_apply_when_complete(
            measure=found,
            slot=slot,
            fingerprint=form.cleaned_data["fingerprint"],
            words_fingerprint=form.cleaned_data["words_fingerprint"],
            proven_at=second_factor_proven_at(request),
            by=request.person,
            at=request.at,
        )
        return success(request, _("You signed."), "measures:detail", key)
    context = {"file": found.file, "form": form, "slot": slot.label, **_letter_context(found), **words}
    return render(request, "measures/sign.html", context)


def _letter_context(measure: Measure) -> dict[str, object]:
    """The letter as it will be sent, and in the reader's own language where that is another."""
    sent_in = measure.file.person.language
    read_in = get_language() or sent_in
    papers = {code: documents.document_html(measure_paper(measure, code)) for code in {sent_in, read_in}}
    return {"paper": papers.pop(sent_in), "own_language_paper": papers.get(read_in), "read_in": read_in}


@needs(SEE)
def drop_proposed_measure(request: StaffRequest, key: UUID, measure: UUID) -> HttpResponse:
    """Decide not to take a measure, after a question."""
    found = measure_or_404(request, key, measure)
    if request.method == "POST":
        steps.drop_measure(measure=found, by=request.person, at=request.at)
        return success(request, _("The measure is not taken. The person does not hear of it."), "measures:detail", key)
    return render(request, "measures/drop.html", {"file": found.file, "rung": found.rung})


@needs(SEE)
def lift_measure(request: StaffRequest, key: UUID, measure: UUID) -> HttpResponse:
    """End a provisional exclusion, after a question."""
    found = measure_or_404(request, key, measure)
    if request.method == "POST":
        steps.lift_measure_and_notify(measure=found, by=request.person, at=request.at)
        return success(request, _("It is over. Everything is as it was before."), "measures:detail", key)
    return render(request, "measures/lift.html", {"file": found.file, "rung": found.rung})


@needs(SEE)
def record_copy_sent(request: StaffRequest, key: UUID, measure: UUID) -> HttpResponse:
    """Note when the copy went to the FPS Interior."""
    found = measure_or_404(request, key, measure)
    form = CopyForm(request.POST or None, initial={"on": local(request.at).date()})
    if request.method == "POST" and form.is_valid():
        steps.note_interior_copy(measure=found, on=form.cleaned_data["on"], by=request.person, at=request.at)
        return success(request, _("Noted."), "measures:detail", key)
    return render(request, "measures/copy.html", {"file": found.file, "form": form})
