"""The objectives then and now, what measures them, and the tasks that an evaluation leaves."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.evaluation.actions import objectives
from plp.evaluation.indicators import SOURCES
from plp.evaluation.queries.objectives import (
    indicator_choices,
    objective_statements_of,
    objectives_in_running_period,
    unmeasured_objectives,
)
from plp.evaluation.queries.reports import evaluation_cycle_of
from plp.evaluation.queries.tasks import open_tasks, open_tasks_of_frozen_reports, task_text
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.evaluation.forms import IndicatorForm, OutcomeForm, ReportTaskForm
from plp.portal.subjects.evaluation.presentation import objective_pictures
from plp.portal.subjects.evaluation.scope import (
    READ,
    WRITE,
    has_write_right,
    launched_partnership_or_404,
    unfiled_report_or_404,
)


@needs(READ)
def objective_list(request: StaffRequest, key: str) -> HttpResponse:
    """Each objective with a picture and its table; what is still to be done; what else could be measured."""
    partnership = launched_partnership_or_404(request, key, READ)
    cycle, language = evaluation_cycle_of(partnership), get_language() or "fr"
    if cycle is None:
        raise Http404
    may_write = has_write_right(request, partnership)
    choices = indicator_choices(partnership, language)
    context = {
        "partnership": partnership,
        "objectives": objective_pictures(objectives_in_running_period(cycle, language, at=request.at), cycle.begins),
        "tasks": [(task, task_text(task)) for task in open_tasks_of_frozen_reports(partnership)],
        "others": [choice for choice in choices if not choice.is_followed] if may_write else [],
        "unmeasured": unmeasured_objectives(partnership, choices, language),
        "may_write": may_write,
    }
    return render(request, "evaluation/objectives.html", context)


@needs(WRITE)
def edit_objective(request: StaffRequest, key: str, source: str) -> HttpResponse:
    """What is to be reached, by when, for which objective of the charter."""
    partnership, language = launched_partnership_or_404(request, key, WRITE), get_language() or "fr"
    if source not in SOURCES:
        raise Http404
    choice = next(choice for choice in indicator_choices(partnership, language) if choice.key == source)
    statements = objective_statements_of(partnership)
    form = IndicatorForm(request.POST or None, choice=choice, statements=statements, language=language)
    if request.method == "POST" and form.is_valid():
        objectives.set_or_stop_indicator_target(
            partnership=partnership, source=source, by=request.person, at=request.at, **form.indicator_values
        )
        return success(request, _("Saved."), "evaluation:objectives", key)
    return render(request, "evaluation/objective.html", {"partnership": partnership, "choice": choice, "form": form})


@needs(WRITE)
def add_report_task(request: StaffRequest, key: str) -> HttpResponse:
    """Make something a task: an objective by one touch, or what somebody typed."""
    report = unfiled_report_or_404(request, key)
    form = ReportTaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        objectives.add_task_to_draft_report(report=report, by=request.person, at=request.at, **form.cleaned_data)
        return success(request, _("It is a task now. It is recalled before its day."), "evaluation:read", key)
    return render(request, "evaluation/task.html", {"partnership": report.partnership, "form": form})


@needs(WRITE)
def finish_or_withdraw_task(request: StaffRequest, key: str, number: UUID) -> HttpResponse:
    """Say that a task is done and what came of it; while the report is written it can be taken out."""
    partnership = launched_partnership_or_404(request, key, WRITE)
    report_task = get_object_or_404(open_tasks(partnership), pk=number)
    report_task.report.partnership = partnership
    if request.method == "POST" and "withdraw" in request.POST:
        objectives.delete_draft_task(task=report_task, by=request.person, at=request.at)
        return success(request, _("Taken out."), "evaluation:read", key)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        objectives.finish_task(task=report_task, by=request.person, at=request.at, **form.cleaned_data)
        return success(request, _("Done. The next evaluation says so."), "evaluation:objectives", key)
    context = {"partnership": partnership, "task": report_task, "words": task_text(report_task), "form": form}
    return render(request, "evaluation/task_done.html", context)
