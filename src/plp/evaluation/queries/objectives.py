"""Each objective of the charter then and now: at the start, last year, this year, beside its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plp.charter.plan_in_words import hours_and_minutes_in_words
from plp.charter.queries.reviews import years_after
from plp.evaluation.figures_in_words import NOTHING
from plp.evaluation.indicators import (
    COMMON_OBJECTIVES,
    FORMER_OBJECTIVES,
    SOURCES,
    USUAL,
    IndicatorSource,
    IndicatorUnit,
    PeriodNumbers,
    percent_of,
)
from plp.evaluation.models import Indicator, Report
from plp.evaluation.queries.figures import Figures, figures_of
from plp.evaluation.queries.reports import Cycle, filed_reports, frozen_or_current_figures
from plp.evaluation.queries.surveys import latest_closed_survey_result
from plp.evaluation.questionnaire import ANSWERS, QUESTIONS
from plp.partnership.common_sentences import translations_of
from plp.partnership.models import Partnership, Statement
from plp.partnership.queries import statements_of
from plp.people.small_counts import is_small, mask_count
from plp.toolbox.clock import local

AGREE = ("yes", "rather")
UNSURE = "unsure"


@dataclass(frozen=True)
class IndicatorChoice:
    """What holds of one way to measure: followed or not, the target, by when, which objective of the charter."""

    key: str
    source: IndicatorSource
    is_followed: bool
    target: int
    due_on: date | None
    objective: Any
    indicator: Indicator | None


@dataclass(frozen=True)
class ObjectiveProgress:
    """One objective measured. ``values``: at the start, last year, this year; ``None`` where nothing is known."""

    choice: IndicatorChoice
    values: tuple[int | None, int | None, int | None]

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; ``None`` where nothing was measured."""
        now, source = self.values[2], self.choice.source
        return None if now is None else source.is_reached(now, self.choice.target)

    @property
    def value_texts(self) -> list[str]:
        """The three values and the target, in the active language; few persons are not told (T53)."""
        unit = self.choice.source.unit
        return [
            *(value_with_unit_masking_few_persons(value, unit) for value in self.values),
            value_with_unit_masking_few_persons(self.choice.target, unit),
        ]

    @property
    def bars(self) -> list[tuple[str, int]]:
        """What a picture may show: the values that are known and not of few persons, then the target."""
        unit, target = self.choice.source.unit, self.choice.target
        is_hidden = [unit == IndicatorUnit.PERSONS and is_small(value or 0) for value in self.values]
        shown = zip(value_column_titles(), [*self.values, target], [*is_hidden, False], strict=True)
        return [(head, value) for head, value, hidden in shown if value is not None and not hidden]


def value_column_titles() -> list[str]:
    """What stands over ``words``."""
    return [_("At the start"), _("Last time"), capfirst(_("now")), _("Target")]


def value_with_unit_masking_few_persons(value: int | None, unit: IndicatorUnit) -> str:
    """A value with its unit, in the active language."""
    if value is None:
        return NOTHING
    if unit == IndicatorUnit.PERCENT:
        return _("%(number)s%%") % {"number": number_format(value)}
    if unit == IndicatorUnit.MINUTES:
        return hours_and_minutes_in_words(value)
    return mask_count(value) if unit == IndicatorUnit.PERSONS else number_format(value)


def indicator_choices(partnership: Partnership, language: str) -> list[IndicatorChoice]:
    """Every way to measure with what holds of it: two queries. A common objective of the charter brings its own."""
    rows = Indicator.objects.filter(partnership=partnership).select_related("objective")
    by_source = {row.source: row for row in rows}
    written: dict[str, Statement] = {}
    for statement in objective_statements_of(partnership):
        written.setdefault(source_key_of_common_objective(statement), statement)
    return [_indicator_choice(key, by_source.get(key), written.get(key), partnership, language) for key in SOURCES]


def _indicator_choice(
    key: str, row: Indicator | None, written: Statement | None, partnership: Partnership, language: str
) -> IndicatorChoice:
    source, statement = SOURCES[key], row.objective if row and row.objective else written
    objective = statement.text_in("text", language, partnership.languages) if statement else source.objective
    if row is None:
        return IndicatorChoice(key, source, key in USUAL or written is not None, source.target, None, objective, None)
    return IndicatorChoice(key, source, row.is_followed, row.target, row.due_on, objective, row)


def objective_statements_of(partnership: Partnership) -> list[Statement]:
    """The objectives that the parties wrote down: one query."""
    return list(statements_of(partnership).filter(kind=Statement.Kind.OBJECTIVE))


def source_key_of_common_objective(statement: Statement) -> str:
    """The key of ``SOURCES`` that measures a common objective, of today or before; empty for one's own words."""
    english = translations_of("objective", statement.text, statement.language).get("en", statement.text)
    return COMMON_OBJECTIVES.get(english) or FORMER_OBJECTIVES.get(statement.text, "")


def unmeasured_objectives(partnership: Partnership, choices: Sequence[IndicatorChoice], language: str) -> list[str]:
    """The objectives of the charter that no figure measures yet, in ``language``: one query."""
    followed = {choice.key for choice in choices if choice.is_followed}
    bound = {choice.indicator.objective_id for choice in choices if choice.is_followed and choice.indicator}
    return [
        statement.text_in("text", language, partnership.languages)
        for statement in objective_statements_of(partnership)
        if statement.pk not in bound and source_key_of_common_objective(statement) not in followed
    ]


def objectives_in_running_period(cycle: Cycle, language: str, *, at: datetime) -> list[ObjectiveProgress]:
    """The objectives of a partnership as the running period stands."""
    partnership, today = cycle.partnership, local(at).date()
    if cycle.report is not None:
        cycle.report.partnership = partnership
        return objectives_in_report(cycle.report, frozen_or_current_figures(cycle.report, at=at), language)
    figures = figures_of(partnership, cycle.begins, today, at=at)
    numbers = PeriodNumbers(figures.as_json(), {}, _agreement_percents(partnership, cycle.begins, today))
    return _objective_progress(
        partnership, numbers, _numbers_of_first_and_last_report(partnership, cycle.begins), language
    )


def objectives_in_report(report: Report, figures: Figures, language: str) -> list[ObjectiveProgress]:
    """The objectives of a partnership in the period of ``report``, with its ``figures``."""
    shares = _agreement_percents(report.partnership, report.begins, report.until)
    numbers = PeriodNumbers(figures.as_json(), report.typed, shares)
    return _objective_progress(
        report.partnership, numbers, _numbers_of_first_and_last_report(report.partnership, report.begins), language
    )


def target_due_day(choice: IndicatorChoice, begins: date) -> date:
    """By when the target is to be reached: as chosen, else a year after the period began."""
    return choice.due_on or years_after(begins, 1)


def _numbers_of_first_and_last_report(
    partnership: Partnership, before_day: date
) -> tuple[PeriodNumbers | None, PeriodNumbers | None]:
    """What the first filed report and the last one before a day froze."""
    reports = list(filed_reports(partnership).filter(until__lt=before_day))
    if not reports:
        return None, None
    last = _period_numbers_of_report(reports[0], partnership)
    return (_period_numbers_of_report(reports[-1], partnership) if len(reports) > 1 else last), last


def _period_numbers_of_report(report: Report, partnership: Partnership) -> PeriodNumbers:
    return PeriodNumbers(report.figures, report.typed, _agreement_percents(partnership, report.begins, report.until))


def _agreement_percents(partnership: Partnership, begins: date, until: date) -> dict[str, int]:
    """Of a hundred members with an opinion, how many agree, by question; empty where it may not be shown."""
    result = latest_closed_survey_result(partnership, begins, until)
    shares = {}
    for question, line in zip(QUESTIONS, result.whole if result else [], strict=False):
        counts = dict(zip(ANSWERS, line.forms, strict=True))
        share = percent_of(sum(counts[answer] for answer in AGREE), sum(line.forms) - counts[UNSURE])
        if share is not None:
            shares[question] = share
    return shares


def _objective_progress(
    partnership: Partnership,
    now: PeriodNumbers,
    earlier: Sequence[PeriodNumbers | None],
    language: str,
) -> list[ObjectiveProgress]:
    periods = [*earlier, now]
    return [
        ObjectiveProgress(choice, (read[0], read[1], read[2]))
        for choice in indicator_choices(partnership, language)
        if choice.is_followed
        for read in [[choice.source.read(numbers) if numbers else None for numbers in periods]]
    ]
