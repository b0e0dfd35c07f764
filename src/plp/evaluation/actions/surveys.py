"""The survey of the members: opened with codes by chance, answered once a form, closed (R141, T42)."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from plp.evaluation import refusals
from plp.evaluation.models import Survey, SurveyCode, SurveyCount
from plp.evaluation.questionnaire import (
    ANSWERS,
    BREAKDOWNS,
    QUESTIONS,
    SINCE,
    survey_code_digest,
    survey_form_code,
)
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import OVER, require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.people.small_counts import FEWEST
from plp.toolbox.clock import local
from plp.toolbox.ids import new_random_id, normalise_code

MOST_COPIES = 2_000
HALF_A_YEAR = 184  # days


@transaction.atomic
def open_survey(*, partnership: Partnership, copies: int, last_day: date, by: Person | None, at: datetime) -> Survey:
    """Open the survey with ``copies`` codes that belong to nobody; of a code only the digest is kept.

    Raises ``NotAllowed``, ``MemberSurveyRunning``, ``BadMemberSurveyEnd`` or ``BadCopies``.
    """
    require_unless_machine(by, Permission.EVALUATION_WRITE, partnership.area, at=at)
    require_living(partnership)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    if Survey.objects.filter(partnership=partnership, closed_at=None).exists():
        raise refusals.MemberSurveyRunning
    if not 0 <= (last_day - local(at).date()).days <= HALF_A_YEAR:
        raise refusals.BadMemberSurveyEnd
    if not FEWEST <= copies <= MOST_COPIES:
        raise refusals.BadCopies
    key = new_random_id()
    survey = Survey.objects.create(
        id=key, partnership=partnership, copies=copies, opened_at=at, last_day=last_day, by=by
    )
    digests = sorted(
        survey_code_digest(survey_form_code(key, number)) for number in range(copies)
    )  # an order that tells nothing
    SurveyCode.objects.bulk_create([SurveyCode(survey=survey, digest=one) for one in digests], batch_size=500)
    SurveyCount.objects.bulk_create(_unsaved_zero_counts(survey))
    note(verb="evaluation.survey_opened", by=by, at=at, area=partnership.area.path, target=survey, copies=copies)
    return survey


def _unsaved_zero_counts(survey: Survey) -> list[SurveyCount]:
    """Every count at nought, before the first form: the order of the rows tells of nobody."""
    return [
        SurveyCount(survey=survey, breakdown=breakdown, part=part, question=question, answer=one)
        for breakdown, divided in BREAKDOWNS.items()
        for part in divided
        for question in QUESTIONS
        for one in ANSWERS
    ]


@transaction.atomic
def answer_survey(
    *,
    code: str,
    answers: Mapping[str, str],
    years: str,
    by: Person | None,  # noqa: ARG001 - kept nowhere: no one may learn who answered
    at: datetime,
) -> None:
    """Count one form given on screen until the last day. ``answers``: question to answer, all of them.

    ``by`` is ``None``: whoever holds the form answers. Nothing is noted, so no one learns when. Raises
    ``MemberSurveyIncomplete``, ``UnknownFormCode``, ``MemberSurveyOver`` or ``FormHasBeenCounted``.
    """
    _spend_code_and_count_answers(code, answers, years, "screen", survey=None, at=at)


@transaction.atomic
def enter_paper_form(
    *, survey: Survey, code: str, answers: Mapping[str, str], years: str, by: Person | None, at: datetime
) -> None:
    """Enter a paper form: it counts once, on screen or on paper, until the survey is closed. The journal notes nothing
    of a single form. Raises ``NotAllowed`` and what ``answer_survey`` raises.
    """
    require_unless_machine(by, Permission.EVALUATION_WRITE, survey.partnership.area, at=at)
    _spend_code_and_count_answers(code, answers, years, "paper", survey=survey, at=at)


def _spend_code_and_count_answers(
    code: str, answers: Mapping[str, str], years: str, medium: str, *, survey: Survey | None, at: datetime
) -> None:
    """Spend the code and add to the counts; in parallel exactly one wins."""
    if set(answers) != set(QUESTIONS) or not set(answers.values()) <= set(ANSWERS) or years not in SINCE:
        raise refusals.MemberSurveyIncomplete
    read = normalise_code(code)
    known = SurveyCode.objects.filter(digest=survey_code_digest(read) if read else "").first()
    if known is None or (survey is not None and known.survey_id != survey.pk):
        raise refusals.UnknownFormCode
    running = Survey.objects.select_for_update().get(pk=known.survey_id)
    if running.closed_at is not None or (survey is None and local(at).date() > running.last_day):
        raise refusals.MemberSurveyOver
    if not SurveyCode.objects.filter(digest=known.digest, spent=False).update(spent=True):
        raise refusals.FormHasBeenCounted
    for breakdown, part in {"all": "all", "medium": medium, "since": years}.items():
        for question, said in answers.items():
            cell = running.counts.filter(breakdown=breakdown, part=part, question=question, answer=said)
            cell.update(forms=F("forms") + 1)


@transaction.atomic
def close_survey(*, survey: Survey, by: Person | None, at: datetime) -> None:
    """End the survey: nothing counts any more, and its result can be read.

    Raises ``NotAllowed`` or ``MemberSurveyOver``.
    """
    area = survey.partnership.area
    require_unless_machine(by, Permission.EVALUATION_WRITE, area, at=at)
    if not Survey.objects.filter(pk=survey.pk, closed_at=None).update(closed_at=at):
        raise refusals.MemberSurveyOver
    survey.closed_at = at
    survey.codes.update(spent=False)  # not even which form came back stays
    note(verb="evaluation.survey_closed", by=by, at=at, area=area.path, target=survey)


def close_surveys_of_ended_partnerships(*, by: Person | None, at: datetime) -> int:
    """Close the surveys that still run in partnerships that have ended: their result can be read; answers how many."""
    running = Survey.objects.filter(closed_at=None, partnership__state__in=OVER)
    surveys = list(running.select_related("partnership__area"))
    for survey in surveys:
        with suppress(refusals.MemberSurveyOver):  # another worker was faster
            close_survey(survey=survey, by=by, at=at)
    return len(surveys)


@transaction.atomic
def note_forms_printed(*, survey: Survey, copies: int, by: Person | None, at: datetime) -> None:
    """Note that forms with codes were printed: whoever prints them could answer for others. Raises ``NotAllowed``."""
    area = survey.partnership.area
    require_unless_machine(by, Permission.EVALUATION_WRITE, area, at=at)
    note(verb="evaluation.forms_printed", by=by, at=at, area=area.path, target=survey, copies=copies)
