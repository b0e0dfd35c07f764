"""What the members said: numbers only, after the close, from five forms on, and no small group (R141)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from plp.evaluation.models import Survey
from plp.evaluation.questionnaire import ANSWERS, BREAKDOWN_NAMES, BREAKDOWNS, QUESTIONS, question_labels
from plp.evaluation.rules import parts_withheld_for_anonymity, period_bounds
from plp.partnership.models import Partnership
from plp.people.small_counts import FEWEST


@dataclass(frozen=True)
class QuestionCounts:
    """One question: how many forms gave each answer, in the order of ``ANSWERS``."""

    label: Any
    forms: list[int]


@dataclass(frozen=True)
class BreakdownGroup:
    """One part of a breakdown: how many forms, and its answers; both unknown when ``is_withheld``."""

    label: Any
    forms: int
    lines: list[QuestionCounts]
    is_withheld: bool


@dataclass(frozen=True)
class Breakdown:
    """One way to divide the forms."""

    label: Any
    groups: list[BreakdownGroup]


@dataclass(frozen=True)
class MemberSurveyResult:
    """What may be shown of a closed survey; ``whole`` is empty when too few forms came back."""

    copies: int
    forms: int
    answers: list[Any]
    whole: list[QuestionCounts]
    breakdowns: list[Breakdown]


def surveys_of(partnership: Partnership) -> QuerySet[Survey]:
    """The surveys of a partnership, the newest first."""
    return Survey.objects.filter(partnership=partnership).order_by("-opened_at")


def result_of_closed_member_survey(survey: Survey) -> MemberSurveyResult | None:
    """The result of a survey; ``None`` while it runs. How many forms came back is told from five on: one query."""
    if survey.closed_at is None:
        return None
    counts: dict[tuple[str, str], dict[tuple[str, str], int]] = defaultdict(dict)
    for one in survey.counts.all():
        counts[one.breakdown, one.part][one.question, one.answer] = one.forms
    forms = _number_of_forms(counts["all", "all"])
    answers = list(ANSWERS.values())
    if forms < FEWEST:
        return MemberSurveyResult(survey.copies, 0, answers, [], [])
    labels = question_labels(survey.partnership.kind)
    divided = [_breakdown_without_small_groups(key, counts, labels) for key in BREAKDOWNS if key != "all"]
    return MemberSurveyResult(survey.copies, forms, answers, _question_counts(counts["all", "all"], labels), divided)


def latest_closed_survey_result(partnership: Partnership, begins: date, until: date) -> MemberSurveyResult | None:
    """The result of the survey closed last within a period."""
    start, end = period_bounds(begins, until)
    last = surveys_of(partnership).filter(closed_at__gte=start, closed_at__lt=end).order_by("-closed_at").first()
    return result_of_closed_member_survey(last) if last else None


def _number_of_forms(counts: Mapping[tuple[str, str], int]) -> int:
    """How many forms: each answers every question once."""
    first = next(iter(QUESTIONS))
    return sum(forms for (question, _answer), forms in counts.items() if question == first)


def _question_counts(counts: Mapping[tuple[str, str], int], labels: Mapping[str, Any]) -> list[QuestionCounts]:
    return [
        QuestionCounts(label, [counts.get((question, answer), 0) for answer in ANSWERS])
        for question, label in labels.items()
    ]


def _breakdown_without_small_groups(
    key: str, counts: Mapping[tuple[str, str], Mapping[tuple[str, str], int]], labels: Mapping[str, Any]
) -> Breakdown:
    """One breakdown, without the parts that could tell of fewer than five people."""
    told = {part: counts.get((key, part), {}) for part in BREAKDOWNS[key]}
    sizes = {part: _number_of_forms(answers) for part, answers in told.items()}
    hidden = parts_withheld_for_anonymity(sizes)
    groups = [
        BreakdownGroup(label, 0, [], True)
        if part in hidden
        else BreakdownGroup(label, sizes[part], _question_counts(told[part], labels), False)
        for part, label in BREAKDOWNS[key].items()
    ]
    return Breakdown(BREAKDOWN_NAMES[key], groups)
