"""What a survey says: numbers only, after its end and from five answers on (R17, T42)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils.translation import get_language

from plp.launch.models import StreetCount, Survey, SurveyCode, SurveyCount
from plp.launch.questionnaire import (
    ANSWER_LABELS,
    LEAST_SHARE,
    QUESTIONS,
    survey_code_digest,
)
from plp.partnership.models import Partnership
from plp.people.small_counts import FEWEST, is_small
from plp.toolbox.ids import normalise_code


@dataclass(frozen=True)
class AnswerCount:
    """One answer to a question: its words, how many homes on screen and on paper, and of a hundred."""

    label: Any
    screen: int
    paper: int
    percent: int

    @property
    def homes(self) -> int:
        """All homes that gave it."""
        return self.screen + self.paper


@dataclass(frozen=True)
class QuestionResult:
    """A question with its answers. ``apart``: whether screen and paper may be told apart, few of neither (T53)."""

    key: str
    label: Any
    lines: list[AnswerCount]
    apart: bool

    @property
    def homes(self) -> int:
        """How many answered it."""
        return sum(line.homes for line in self.lines)


@dataclass(frozen=True)
class SurveyResult:
    """How many homes answered; ``questions`` is empty while nothing may be shown.

    ``has_hidden_questions``: whether some were answered by so few that they are left out.

    ``in_favour``: of a hundred homes that answered; ``needed_share``: how many were to be, where that was agreed.
    """

    homes: int
    answers: int
    questions: list[QuestionResult]
    too_few: bool
    in_favour: int | None = None
    needed_share: int | None = None
    has_hidden_questions: bool = False

    @property
    def answer_percent(self) -> int:
        """Of a hundred homes, how many answered."""
        return round(100 * self.answers / self.homes) if self.homes else 0

    @property
    def has_too_few_answers(self) -> bool:
        """Whether so few homes answered that nobody knows what the others think: no sign of support."""
        return self.answer_percent < LEAST_SHARE

    @property
    def is_share_reached(self) -> bool:
        """Whether as many homes are in favour as was agreed beforehand, and enough answered at all."""
        return not self.has_too_few_answers and (self.in_favour or 0) >= (self.needed_share or 0)


def surveys_newest_first(partnership: Partnership) -> list[Survey]:
    """The surveys of a partnership, the newest first."""
    return list(Survey.objects.filter(partnership=partnership).order_by("-opened_at"))


def survey_of_code(code: str) -> Survey | None:
    """The survey in which a home has this code, however it was typed; ``None`` for any other."""
    typed_code = normalise_code(code)
    row = SurveyCode.objects.select_related("survey").filter(digest=survey_code_digest(typed_code)).first()
    return row.survey if row and typed_code else None


def running_survey(partnership_key: str) -> Survey | None:
    """The survey of a partnership that runs now, by the key of the partnership."""
    running = Survey.objects.select_related("partnership__area")
    return running.filter(partnership__key=partnership_key, closed_at=None).first()


def street_counts_of(survey: Survey) -> list[StreetCount]:
    """The forms without code that were entered per street."""
    return list(survey.street_counts.select_related("street").order_by("street__folded"))


def survey_result_as_far_as_shown(survey: Survey) -> SurveyResult:
    """The result of a survey, as far as it may be shown: two queries."""
    counts = {(answer.question, answer.answer, answer.medium): answer.homes for answer in survey.counts.all()}
    support = dict.fromkeys(QUESTIONS["support"], 0)
    support |= survey.street_counts.aggregate(**{answer: Sum(answer, default=0) for answer in support})
    answers = sum(homes for (question, _answer, _medium), homes in counts.items() if question == "support")
    answers += sum(support.values())
    is_shown = survey.closed_at is not None and answers >= FEWEST
    labels = survey.question_labels(get_language() or "fr") if is_shown else {}
    questions = [
        _question_result(survey, key, label, counts, support if key == "support" else {})
        for key, label in labels.items()
    ]
    has_hidden_questions = any(0 < question.homes < FEWEST for question in questions)
    questions = [question for question in questions if question.homes >= FEWEST]  # of fewer nobody is to be recognised
    in_favour = questions[0].lines[0].percent if questions else None
    return SurveyResult(
        survey.homes,
        answers,
        questions,
        too_few=answers < FEWEST,
        in_favour=in_favour,
        needed_share=survey.needed_share,
        has_hidden_questions=has_hidden_questions,
    )


def count_homes_that_would_help(partnership: Partnership) -> int:
    """How many homes said in the last survey that they would help; 0 while its result may not be shown."""
    survey = Survey.objects.filter(partnership=partnership).order_by("-opened_at").first()
    questions = survey_result_as_far_as_shown(survey).questions if survey else []
    lines = [line for question in questions if question.key == "help" for line in question.lines]
    return sum(line.homes for line in lines if line.label == ANSWER_LABELS["yes"])


def _question_result(
    survey: Survey, key: str, label: Any, counts: dict[tuple[str, str, str], int], by_street: dict[str, int]
) -> QuestionResult:
    """One question with its answers, forms without code included where they tell it."""
    screen, paper = SurveyCount.Medium.SCREEN, SurveyCount.Medium.PAPER
    numbers = {
        answer: (counts.get((key, answer, screen), 0), counts.get((key, answer, paper), 0) + by_street.get(answer, 0))
        for answer in survey.answer_keys(key)
    }
    total = sum(sum(pair) for pair in numbers.values())
    lines = [
        AnswerCount(ANSWER_LABELS[answer], *pair, percent=round(100 * sum(pair) / total) if total else 0)
        for answer, pair in numbers.items()
    ]
    on_screen, on_paper = (sum(pair) for pair in zip(*numbers.values(), strict=True))
    return QuestionResult(key, label, lines, not is_small(on_screen) and not is_small(on_paper))
