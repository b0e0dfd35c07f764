"""What is to be done because of an evaluation, and what became of it."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from plp.evaluation.indicators import SOURCES
from plp.evaluation.models import Report, ReportTask
from plp.evaluation.queries.reports import last_filed_reports_before
from plp.evaluation.states import ReportState
from plp.partnership.models import Partnership


def task_text(task: ReportTask) -> str:
    """What is to be done, in the active language where it is about an objective of the catalogue."""
    if task.words or task.source not in SOURCES:
        return task.words
    return _("Work on it: %s") % SOURCES[task.source].objective


def open_tasks(partnership: Partnership) -> QuerySet[ReportTask]:
    """What the evaluations left or are about to leave, and is still to be done, the first day first."""
    return ReportTask.objects.filter(report__partnership=partnership, done_at=None).select_related("report")


def open_tasks_of_frozen_reports(partnership: Partnership) -> QuerySet[ReportTask]:
    """What the evaluations left and is still to be done: a report that is written leaves nothing yet."""
    return open_tasks(partnership).exclude(report__state=ReportState.DRAFT)


def tasks_of_previous_report(report: Report) -> list[ReportTask]:
    """The tasks that the report before left: the next evaluation begins with them."""
    before = next(iter(last_filed_reports_before(report)), None)
    return list(before.tasks.all()) if before else []


def task_state_in_words(task: ReportTask) -> str:
    """What became of it, in the active language."""
    if task.done_at is None:
        return _("not done yet")
    return _("done: %s") % task.outcome if task.outcome else _("done")
