"""Figures and answers as a page shows them: a chart drawn by the server, and the table behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.safestring import mark_safe

from plp.documents import Chart, chart_svg
from plp.documents.dates import date_format
from plp.evaluation.figures_in_words import FigurePart, FigureRow, figure_parts, police_number_rows
from plp.evaluation.models import Report
from plp.evaluation.queries.figures import Figures
from plp.evaluation.queries.objectives import ObjectiveProgress, target_due_day, value_column_titles
from plp.evaluation.queries.reports import frozen_or_current_figures, last_filed_reports_before
from plp.evaluation.queries.surveys import MemberSurveyResult, QuestionCounts


@dataclass(frozen=True)
class ShownTable:
    """A table whose cells know their heads, as narrow screens need them; ``drawn`` is its chart or empty."""

    title: Any
    heads: Sequence[Any]
    rows: list[tuple[Any, list[tuple[Any, Any]]]]
    drawn: str = ""


def report_figures_context(report: Report, *, at: datetime) -> dict[str, Any]:
    """The parts with their charts, and the officer's numbers, this period beside the earlier ones."""
    before = last_filed_reports_before(report)
    heads = [_period_in_short_dates(one) for one in (report, *before)]
    periods = [frozen_or_current_figures(report, at=at), *(Figures(**one.figures) for one in before)]
    return {
        "parts": [
            ShownTable(part.title, heads, _rows_with_values_by_head(part.rows, heads), _chart_svg(part))
            for part in figure_parts(periods)
        ],
        "police": ShownTable(
            "",
            heads,
            _rows_with_values_by_head(police_number_rows([report.typed, *(one.typed for one in before)]), heads),
        ),
    }


@dataclass(frozen=True)
class ObjectiveShown:
    """One objective: its words, the picture of its values, their table; ``is_reached`` is unknown without a value."""

    key: str
    objective: Any
    measure: Any
    origin: Any
    due_on: date
    is_reached: bool | None
    table: ShownTable


def objective_pictures(progress: Iterable[ObjectiveProgress], begins: date) -> list[ObjectiveShown]:
    """Each objective with its picture: bars of what is known, the target last."""
    heads = value_column_titles()
    return [
        ObjectiveShown(
            row.choice.key,
            row.choice.objective,
            row.choice.source.measure,
            row.choice.source.origin.label,
            target_due_day(row.choice, begins),
            row.is_reached,
            ShownTable(
                row.choice.objective,
                heads,
                [(row.choice.source.measure, list(zip(heads, row.value_texts, strict=True)))],
                _chart_as_svg(Chart(str(row.choice.source.measure), tuple(row.bars))) if len(row.bars) > 1 else "",
            ),
        )
        for row in progress
    ]


def _rows_with_values_by_head(
    rows: Iterable[FigureRow], heads: Sequence[str]
) -> list[tuple[Any, list[tuple[Any, Any]]]]:
    return [(row.label, list(zip(heads, row.values, strict=True))) for row in rows]


def _period_in_short_dates(report: Report) -> str:
    return " – ".join(date_format(day, "SHORT_DATE_FORMAT") for day in (report.begins, report.until))


def _chart_svg(part: FigurePart) -> str:
    """The chart of a part; empty where there is nothing to see."""
    return _chart_as_svg(Chart(part.title, tuple(part.bars), part.over_time)) if part.bars else ""


def _chart_as_svg(chart: Chart) -> str:
    return mark_safe(chart_svg(chart))  # noqa: S308 - ours, every label escaped


def survey_result_context(result: MemberSurveyResult | None) -> dict[str, Any]:
    """What may be shown of a survey: the whole, then each breakdown with its groups; a withheld one has no table."""
    if result is None or not result.whole:
        return {}
    return {
        "forms": result.forms,
        "copies": result.copies,
        "whole": _survey_answers_table(result, result.whole),
        "breakdowns": [
            (
                one.label,
                [
                    (group, None if group.is_withheld else _survey_answers_table(result, group.lines))
                    for group in one.groups
                ],
            )
            for one in result.breakdowns
        ],
    }


def _survey_answers_table(result: MemberSurveyResult, lines: Iterable[QuestionCounts]) -> ShownTable:
    rows = [(line.label, list(zip(result.answers, line.forms, strict=True))) for line in lines]
    return ShownTable("", result.answers, rows)
