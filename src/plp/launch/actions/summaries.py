"""What the homes answered, as reasons and expectations of the residents (R14): written once, then worded by people."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.launch.models import Survey
from plp.launch.queries.surveys import AnswerCount, QuestionResult, survey_result_as_far_as_shown
from plp.partnership.models import Partnership, Statement
from plp.partnership.statements import MOST, add_statement, cleaned_statement
from plp.people.models import Person

KINDS = {"topic": Statement.Kind.MOTIVE, "expect": Statement.Kind.EXPECTATION}
MOST_ANSWERS = 2  # of each question: what most homes said


@transaction.atomic
def add_statements_from_survey(*, partnership: Partnership, by: Person | None, at: datetime) -> int:
    """Write down what most homes answered in the survey that was closed last; answers how many statements are new.

    Raises ``NotAllowed`` or what ``add_statement`` raises.
    """
    survey = Survey.objects.filter(partnership=partnership, closed_at__isnull=False).order_by("-opened_at").first()
    if survey is None:
        return 0
    language, *others = partnership.languages or ["fr"]
    results = {code: _question_results_by_key(survey, code) for code in (language, *others)}
    number = 0
    for question, kind in KINDS.items():
        for answer in _indexes_of_top_nonzero_answers(results[language].get(question)):
            lines = {code: result[question].lines[answer] for code, result in results.items()}
            texts = {code: _statement_sentence(kind, line, code) for code, line in lines.items()}
            own = Statement.objects.filter(partnership=partnership, party="residents", kind=kind)
            if own.filter(text=cleaned_statement(texts[language])).exists() or own.count() >= MOST:
                continue
            add_statement(
                partnership=partnership,
                party=Statement.Party.RESIDENTS,
                kind=kind,
                text=texts[language],
                language=language,
                others={code: texts[code] for code in others},
                by=by,
                at=at,
            )
            number += 1
    return number


def _question_results_by_key(survey: Survey, language: str) -> dict[str, QuestionResult]:
    """The result by the keys of its questions, in ``language``; empty where it may not be shown."""
    with override(language):
        return {question.key: question for question in survey_result_as_far_as_shown(survey).questions}


def _indexes_of_top_nonzero_answers(result: QuestionResult | None) -> Sequence[int]:
    """The places of the answers that most homes gave, none that nobody gave."""
    lines = result.lines if result else []
    places = sorted(range(len(lines)), key=lambda place: (-lines[place].homes, place))
    return [place for place in places if lines[place].homes][:MOST_ANSWERS]


def _statement_sentence(kind: str, line: AnswerCount, language: str) -> str:
    """What so many of a hundred who answered said."""
    with override(language):
        words = (
            _("Survey: what matters most to %(share)s of a hundred who answered: %(answer)s")
            if kind == Statement.Kind.MOTIVE
            else _("Survey: what %(share)s of a hundred who answered expect above all: %(answer)s")
        )
        return words % {"share": line.percent, "answer": line.label}
