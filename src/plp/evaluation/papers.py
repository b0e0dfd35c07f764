"""The report as a document: one text for page, PDF and DOCX; every figure a value, never markup (R60)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.documents import Bars, Document, Grid, Lines, Missing, Value, compose
from plp.documents.dates import date_format
from plp.evaluation.figures_in_words import NOTHING, FigurePart, FigureRow, figure_parts, police_number_rows
from plp.evaluation.models import Report, ReportTask
from plp.evaluation.queries.figures import Figures
from plp.evaluation.queries.objectives import ObjectiveProgress, objectives_in_report, value_column_titles
from plp.evaluation.queries.reports import previous_or_founding_objectives
from plp.evaluation.queries.surveys import latest_closed_survey_result
from plp.evaluation.queries.tasks import task_state_in_words, task_text, tasks_of_previous_report
from plp.evaluation.sections import SECTIONS
from plp.followup.papers import policy_grid
from plp.followup.queries.policies import policies_of
from plp.journal import anchors
from plp.partnership.queries import public_page_url
from plp.toolbox.clock import local
from plp.toolbox.words import colon

TEXTS = Path(__file__).parent / "texts"
CHARTED = {"messages", "months", "reach"}


def _compose_paper(name: str, values: dict[str, Value], report: Report, language: str, title: str) -> Document:
    source = (TEXTS / f"{name}.{language}.md").read_text(encoding="utf-8")
    if page := public_page_url(report.partnership):
        source, values = f"{source}\n\n![qr]({{page}})", values | {"page": page}
    return compose(source, values, language=language, title=title, kind=report.partnership.kind)


def report_paper(report: Report, figures: Figures, earlier: Sequence[Report], language: str) -> Document:
    """The report in ``language`` with ``figures`` beside those that earlier reports froze."""
    with override(language):
        title = report_title(report, language)
        heads = [_period_text(one) for one in (report, *earlier)]
        told = figure_parts([figures, *(Figures(**one.figures) for one in earlier)])
        values: dict[str, Value] = {"title": title, "period": _period_text(report)}
        values |= {f"figures_{part.key}": _figures_grid(part.rows, heads) for part in told}
        values |= {f"chart_{part.key}": _chart_value(part) for part in told if part.key in CHARTED}
        values["figures_police"] = _figures_grid(
            police_number_rows([report.typed, *(one.typed for one in earlier)]), heads
        )
        values |= _written_section_values(report, language)
        values["objectives_before"] = previous_or_founding_objectives(report).get(language) or _(
            "None was written down."
        )
        values |= _objective_and_task_values(report, figures, language)
        values |= _survey_values(report)
        values["policy_plans"] = policy_grid(
            policies_of(report.partnership, begins=report.begins, until=report.until), language
        )
    return _compose_paper("report_paper", values, report, language, title)


def report_title(report: Report, language: str) -> str:
    """The title of a report."""
    with override(language):
        return _("Evaluation: %s") % report.partnership.name(language)


def _period_text(report: Report) -> str:
    """``1 January 2026 – 31 December 2026``, in the active language."""
    return " – ".join(date_format(day, "DATE_FORMAT") for day in (report.begins, report.until))


def _figures_grid(rows: Sequence[FigureRow], heads: Sequence[str]) -> Value:
    return Grid([_("Figure"), *heads], [[row.label, *row.values] for row in rows]) if rows else _("Nothing to count.")


def _chart_value(part: FigurePart) -> Value:
    return Bars(part.title, part.bars, part.over_time) if part.bars else _("Nothing to draw.")


def _written_section_values(report: Report, language: str) -> dict[str, Value]:
    """What was written by hand; what was not is named."""
    told = report.words.get(language, {})
    return {f"words_{key}": told.get(key, "").strip() or Missing(one.title) for key, one in SECTIONS.items()}


def _objective_and_task_values(report: Report, figures: Figures, language: str) -> dict[str, Value]:
    """Each objective then and now, the tasks that the last report left, and those of this one."""
    progress = objectives_in_report(report, figures, language)
    rows = [[f"{row.choice.objective}", *row.value_texts, _target_reached_yes_no_or_dash(row)] for row in progress]
    task_lines = [_task_line(task, language) for task in tasks_of_previous_report(report)]
    tasks = [
        [task_text(task), task.get_side_display(), date_format(task.due_on, "SHORT_DATE_FORMAT")]
        for task in report.tasks.all()
    ]
    return {
        "objectives_progress": Grid([_("Objective"), *value_column_titles(), _("Reached?")], rows)
        if rows
        else _("Nothing is measured."),
        "tasks_before": Lines(task_lines) if task_lines else _("The last evaluation left no task."),
        "tasks": Grid([_("What"), _("Who"), _("To be done by")], tasks) if tasks else _("No task was agreed."),
    }


def _task_line(task: ReportTask, language: str) -> str:
    return f"{task_text(task)} ({task.get_side_display()}){colon(language)} {task_state_in_words(task)}"


def _target_reached_yes_no_or_dash(row: ObjectiveProgress) -> str:
    return NOTHING if row.is_reached is None else _("yes") if row.is_reached else _("no")


def _survey_values(report: Report) -> dict[str, Value]:
    """The last closed survey of the period, as far as it may be shown."""
    result = latest_closed_survey_result(report.partnership, report.begins, report.until)
    if result is None:
        return {"survey_line": _("No survey was closed in this period."), "survey": _("Nothing to count.")}
    if not result.whole:
        line = _("Fewer than five forms came back: nothing is shown.")
        return {"survey_line": line, "survey": _("Nothing to count.")}
    line = _("%(forms)d of %(copies)d forms came back.") % {"forms": result.forms, "copies": result.copies}
    rows = [[str(one.label), *(str(number) for number in one.forms)] for one in result.whole]
    return {"survey_line": line, "survey": Grid([_("Question"), *map(str, result.answers)], rows)}


def signature_record_paper(report: Report, language: str, *, at: datetime) -> Document:
    """Who signed which files, when: attached to the sealed PDF."""
    with override(language):
        title = _("Record of signatures: %s") % report.partnership.name(language)
        rows = [
            [one.get_slot_display(), one.name, date_format(local(one.signed_at), "DATETIME_FORMAT")]
            for one in report.signatures.order_by("signed_at")
        ]
        files = [
            f"{file.language} {'PDF' if file.media.endswith('pdf') else 'DOCX'}{colon(language)} {file.sha256}"
            for file in report.files.defer("content").filter(kind="frozen").order_by("language", "media")
        ]
        values: dict[str, Value] = {
            "title": title,
            "period": _period_text(report),
            "signatures": Grid([_("Office"), _("Name"), _("Signed on")], rows),
            "fingerprint": report.fingerprint,
            "files": Lines(files),
            "journal": Lines(anchors.anchor_lines(at, within=report.partnership.area.path).splitlines()),
        }
    return _compose_paper("record_paper", values, report, language, title)
