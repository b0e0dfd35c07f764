"""The report: begin, write, read, freeze, sign, take back."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp import documents
from plp.evaluation.actions import reports, signatures
from plp.evaluation.models import Report, Signature
from plp.evaluation.papers import report_paper
from plp.evaluation.queries.figures import Figures
from plp.evaluation.queries.objectives import objectives_in_report
from plp.evaluation.queries.reports import (
    evaluation_cycle_of,
    files_of_report,
    frozen_or_current_figures,
    languages_and_keys_of_missing_sections,
    last_filed_reports_before,
    previous_or_founding_objectives,
)
from plp.evaluation.queries.tasks import task_state_in_words, task_text, tasks_of_previous_report
from plp.evaluation.sections import SECTIONS
from plp.evaluation.states import ReportState
from plp.followup.models import Activity
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.reauthentication import second_factor_proven_at
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.evaluation.forms import BeginReportForm, ReportForm, ReportTaskForm, SignReportForm
from plp.portal.subjects.evaluation.scope import WRITE, launched_partnership_or_404, unfiled_report_or_404
from plp.toolbox.clock import local


@needs(WRITE)
def begin_report(request: StaffRequest, key: str) -> HttpResponse:
    """Open the report of the next period."""
    partnership = launched_partnership_or_404(request, key, WRITE)
    cycle, today = evaluation_cycle_of(partnership), local(request.at).date()
    if cycle is None:
        raise Http404
    form = BeginReportForm(request.POST or None, initial={"until": min(today, cycle.due_on)})
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        reports.begin_next_report(partnership=partnership, until=until, by=request.person, at=request.at)
        return success(
            request, _("The report is open. The figures are in it; add your words."), "evaluation:write", key
        )
    return render(request, "evaluation/begin.html", {"form": form, "partnership": partnership, "cycle": cycle})


@needs(WRITE)
def edit_report(request: StaffRequest, key: str) -> HttpResponse:
    """Write the report; whoever saves second is told."""
    report = unfiled_report_or_404(request, key)
    if report.state != ReportState.DRAFT:
        return redirect("evaluation:home", key)
    form = ReportForm(request.POST or None, report=report)
    if request.method == "POST" and form.is_valid():
        told = {"version": form.cleaned_data["seen"], "words": form.texts_by_language(), "typed": form.police_numbers()}
        reports.save_report_words_and_numbers(report=report, by=request.person, at=request.at, **told)
        return success(request, _("Saved."), "evaluation:read", key)
    before = previous_or_founding_objectives(report)
    context = {"form": form, "report": report, "partnership": report.partnership, "before": before.items()}
    context["tasks_before"] = [
        (task, task_text(task), task_state_in_words(task)) for task in tasks_of_previous_report(report)
    ]
    return render(request, "evaluation/write.html", context)


@needs(WRITE)
def read_report(request: StaffRequest, key: str) -> HttpResponse:
    """The report as it stands, in each language; what is still to be written."""
    report = unfiled_report_or_404(request, key)
    asked = request.GET.get("language", get_language())
    language = asked if asked in report.languages else report.languages[0]
    figures = frozen_or_current_figures(report, at=request.at)
    paper = report_paper(report, figures, last_filed_reports_before(report), language)
    context = {
        "partnership": report.partnership,
        "report": report,
        "language": language,
        "paper": documents.document_html(paper),
        "missing": [(code, SECTIONS[part].title) for code, part in languages_and_keys_of_missing_sections(report)],
        "is_over": local(request.at).date() > report.until,
        **_tasks_context(report, figures),
    }
    return render(request, "evaluation/read.html", context)


def _tasks_context(report: Report, figures: Figures) -> dict[str, Any]:
    """The tasks of a draft, and the objectives that are not reached and are nobody's task yet."""
    if report.state != ReportState.DRAFT:
        return {}
    tasks = list(report.tasks.all())
    missed = [row for row in objectives_in_report(report, figures, get_language() or "fr") if row.is_reached is False]
    return {
        "tasks": [(task, task_text(task)) for task in tasks],
        "missed": [row for row in missed if row.choice.key not in {task.source for task in tasks}],
        "sides": Activity.Side.choices,
        "task_form": ReportTaskForm(),
    }


@needs(WRITE)
def put_up_for_signature(request: StaffRequest, key: str) -> HttpResponse:
    """Freeze the report and ask both to sign, after a question."""
    report = unfiled_report_or_404(request, key)
    if request.method == "POST":
        signatures.freeze_report_and_mail_for_signature(report=report, by=request.person, at=request.at)
        return success(
            request, _("The report is frozen. Coordinator and officer were asked to sign."), "evaluation:home", key
        )
    return render(request, "evaluation/put_up.html", {"report": report, "partnership": report.partnership})


@needs(WRITE)
def take_back_to_draft(request: StaffRequest, key: str) -> HttpResponse:
    """Take the frozen report back to work, after a question."""
    report = unfiled_report_or_404(request, key)
    if request.method == "POST":
        signatures.take_report_back_to_draft(report=report, by=request.person, at=request.at)
        return success(request, _("Taken back. Change it, then freeze it again."), "evaluation:write", key)
    return render(request, "evaluation/take_back.html", {"report": report, "partnership": report.partnership})


@needs(WRITE)
@freshly_proven
def sign_evaluation_report(request: StaffRequest, key: str, slot: str) -> HttpResponse:
    """Read the frozen files, then sign them; the second signature files the report."""
    report = unfiled_report_or_404(request, key)
    if slot not in Signature.Slot.values:
        raise Http404
    form = SignReportForm(request.POST or None, initial={"fingerprint": report.fingerprint})
    if request.method == "POST" and form.is_valid():
        shown = form.cleaned_data["fingerprint"]
        proven = second_factor_proven_at(request)
        signatures.sign_report_and_file_when_both(
            report=report, slot=slot, fingerprint=shown, proven_at=proven, by=request.person, at=request.at
        )
        return success(request, _("You signed."), "evaluation:home", key)
    label = Signature.Slot(slot).label
    context = {"form": form, "report": report, "label": label, "files": files_of_report(report)}
    return render(request, "evaluation/sign.html", {**context, "partnership": report.partnership})
