"""The file to FPS Interior: made, sent, returned, validated; the letters; the register (R96, R97, R150)."""

import base64
from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.launch import dossier
from plp.launch.actions import recognition
from plp.launch.models import Recognition
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.queries.records import file_sendings_of, recognition_of
from plp.launch.queries.register import register_entry_as_flat_values
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.page_access import PageAccess
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.plan import scope
from plp.portal.subjects.launch.plan.forms import LettersForm, ReturnForm, SentForm, ValidationForm
from plp.toolbox.texts import OFFICIAL_LANGUAGES

LEAD = Permission.PARTNERSHIP_LEAD


@needs(Permission.LAUNCH_SEE)
def recognition_page(request: StaffRequest, key: str) -> HttpResponse:
    """Where the file stands, what it holds, what comes next."""
    partnership = scope.partnership_or_404(request, key)
    access = PageAccess(request, partnership)
    state = step_plan_progress_of_partnership(partnership, at=request.at).state_of_step("recognition")
    more = {
        "state": state,
        "file": recognition_of(partnership),
        "sendings": file_sendings_of(partnership),
        "may_lead": access.has_permission(LEAD),
    }
    return render(request, "launch/plan/recognition.html", scope.page_context(partnership, **more))


@needs(LEAD)
def record_file_sent_to_interior(request: StaffRequest, key: str) -> HttpResponse:
    """Note the sending; the file is kept as it leaves."""
    partnership = scope.partnership_or_404(request, key, LEAD)
    form = SentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        file = dossier.dossier_zip(partnership, _paper_language(partnership), at=request.at)
        day = form.cleaned_data["sent_on"]
        recognition.record_file_sent_to_interior(
            partnership=partnership, sent_on=day, file=file, by=request.person, at=request.at
        )
        return success(
            request, _("The sending is recorded. The file is kept as it left."), "launch:plan:recognition", key
        )
    return render(request, "launch/plan/send.html", scope.page_context(partnership, form=form))


@needs(LEAD)
def record_file_returned_by_interior(request: StaffRequest, key: str) -> HttpResponse:
    """Note that the file came back with remarks."""
    partnership, file = _partnership_and_recognition_or_404(request, key)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        recognition.record_file_returned_by_interior(
            recognition=file, **form.cleaned_data, by=request.person, at=request.at
        )
        return success(
            request,
            _("The remarks are saved. Correct the charter, then send the file again."),
            "launch:plan:recognition",
            key,
        )
    return render(request, "launch/plan/returned.html", scope.page_context(partnership, form=form))


@needs(LEAD)
def record_validation(request: StaffRequest, key: str) -> HttpResponse:
    """Note the validation letter, and the letters to mayor and chief of corps if they came with it."""
    partnership, file = _partnership_and_recognition_or_404(request, key)
    form = ValidationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        letter = {name: form.cleaned_data[name] for name in ("validated_on", "reference")}
        others = {name: form.cleaned_data[name] for name in ("mayor_on", "chief_on")}
        with transaction.atomic():
            recognition.record_validation_by_interior(recognition=file, **letter, by=request.person, at=request.at)
            if any(others.values()):
                recognition.record_days_of_recognition_letters(
                    recognition=file, **others, by=request.person, at=request.at
                )
        return success(request, _("The recognition is recorded."), "launch:plan:recognition", key)
    return render(request, "launch/plan/validated.html", scope.page_context(partnership, form=form))


@needs(LEAD)
def record_interior_letters(request: StaffRequest, key: str) -> HttpResponse:
    """Note the letters of FPS Interior to mayor and chief of corps."""
    partnership, file = _partnership_and_recognition_or_404(request, key)
    kept = {"mayor_on": file.mayor_told_on, "chief_on": file.chief_told_on}
    form = LettersForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        recognition.record_days_of_recognition_letters(
            recognition=file, **form.cleaned_data, by=request.person, at=request.at
        )
        return success(request, _("The letters are recorded."), "launch:plan:recognition", key)
    return render(request, "launch/plan/letters.html", scope.page_context(partnership, form=form))


@needs(LEAD)
def dossier_file(request: StaffRequest, key: str, form: str) -> HttpResponse:
    """The file as one PDF, or as a zip with every paper."""
    partnership = scope.partnership_or_404(request, key, LEAD)
    language = _paper_language(partnership)
    if form == "pdf":
        found = dossier.dossier_papers(partnership, language, at=request.at)
        made = dossier.papers_as_one_pdf(found, title=partnership.name(language))
        return download(made, name=f"file-{partnership.key}.pdf", content_type="application/pdf", inline=True)
    if form == "zip":
        made = dossier.dossier_zip(partnership, language, at=request.at)
        return download(made, name=f"file-{partnership.key}.zip", content_type="application/zip")
    raise Http404


@needs(LEAD)
def download_sent_file(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """A file exactly as it left."""
    partnership = scope.partnership_or_404(request, key, LEAD)
    found = get_object_or_404(file_sendings_of(partnership), pk=pk)
    made = base64.b64decode(found.content)
    return download(made, name=f"file-{partnership.key}-{found.sent_on}.zip", content_type="application/zip")


@needs(Permission.LAUNCH_SEE)
def register_entry_file(request: StaffRequest, key: str, form: str) -> HttpResponse:
    """The entry for the federal register, as JSON or CSV."""
    partnership = scope.partnership_or_404(request, key)
    forms: dict[str, tuple[Callable[..., bytes], str]] = {
        "json": (dossier.register_entry_as_json, "application/json"),
        "csv": (dossier.register_entry_as_csv, "text/csv; charset=utf-8"),
    }
    if form not in forms:
        raise Http404
    write, media = forms[form]
    made = write(register_entry_as_flat_values(partnership, at=request.at))
    return download(made, name=f"register-{partnership.key}.{form}", content_type=media)


def _partnership_and_recognition_or_404(request: StaffRequest, partnership_key: str) -> tuple[Partnership, Recognition]:
    """The partnership and its file; without a file there is nothing to answer."""
    partnership = scope.partnership_or_404(request, partnership_key, LEAD)
    found = recognition_of(partnership)
    if found is None:
        raise Http404
    return partnership, found


def _paper_language(partnership: Partnership) -> str:
    """The reader's language if the pack is written in it, else the first of the partnership."""
    reading = get_language() or ""
    if reading in OFFICIAL_LANGUAGES:
        return reading
    return next((language for language in partnership.languages if language in OFFICIAL_LANGUAGES), "fr")
