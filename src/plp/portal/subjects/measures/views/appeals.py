"""Appeals against a final removal: noted, decided, the letter (R101)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.measures.actions import appeals
from plp.measures.models import Appeal
from plp.measures.papers import appeal_paper
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.reauthentication import second_factor_proven_at
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.measures.forms import DecideAppealForm, LodgeForm
from plp.portal.subjects.measures.scope import (
    letter_to_post,
    measure_or_404,
    measure_rows,
    offices_over_file,
    own_words_context,
)

SEE = Permission.MEASURE_SEE


def _appeal_or_404(request: StaffRequest, file_key: UUID, measure_key: UUID) -> Appeal:
    """The appeal against a measure within one's scope."""
    appeal: Appeal | None = getattr(measure_or_404(request, file_key, measure_key), "appeal", None)
    if appeal is None:
        raise Http404
    return appeal


@needs(SEE)
def record_appeal(request: StaffRequest, key: UUID, measure: UUID) -> HttpResponse:
    """Note an appeal that came by registered letter or e-mail."""
    found = measure_or_404(request, key, measure)
    form = LodgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        appeals.note_appeal_and_notify(measure=found, by=request.person, at=request.at, **form.cleaned_data)
        return success(request, _("The appeal is noted. The authority is asked to decide."), "measures:detail", key)
    step = measure_rows([found], offices_over_file(request, found.file), at=request.at)[0]
    return render(request, "measures/lodge.html", {"file": found.file, "form": form, "step": step})


@needs(SEE)
@freshly_proven
def decide_appeal(request: StaffRequest, key: UUID, measure: UUID) -> HttpResponse:
    """Decide on the appeal, with fresh proof."""
    appeal = _appeal_or_404(request, key, measure)
    file = appeal.measure.file
    context = own_words_context(file, offices_over_file(request, file))
    form = DecideAppealForm(request.POST or None, initial={"words_fingerprint": context["words_fingerprint"]})
    if request.method == "POST" and form.is_valid():
        appeals.decide_appeal_and_restore_if_upheld(
            appeal=appeal,
            upheld=form.cleaned_data["outcome"] == "upheld",
            words_fingerprint=form.cleaned_data["words_fingerprint"],
            proven_at=second_factor_proven_at(request),
            by=request.person,
            at=request.at,
        )
        return success(request, _("Decided. The person gets the letter."), "measures:detail", key)
    return render(request, "measures/decide.html", {"file": file, "form": form, "appeal": appeal, **context})


@needs(SEE)
def decision_letter_file(request: StaffRequest, key: UUID, measure: UUID) -> HttpResponse:
    """The letter with the decision on the appeal."""
    appeal = _appeal_or_404(request, key, measure)
    if appeal.decided_at is None:
        raise Http404
    file = appeal.measure.file
    letter = appeal_paper(appeal, file.person.language, with_address=True)
    return letter_to_post(request, letter, file, name="plp-appeal.pdf", at=appeal.decided_at)
