"""Begin a report, write it, choose the due day (R142)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from plp.evaluation import refusals
from plp.evaluation.models import DueDay, Report
from plp.evaluation.queries.reports import evaluation_cycle_of, report_languages
from plp.evaluation.sections import MOST_NUMBER, MOST_WORDS, NUMBERS, SECTIONS
from plp.evaluation.states import ReportState
from plp.followup.queries.report_counts import report_count_totals
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState

TWO_YEARS = timedelta(days=731)


@transaction.atomic
def begin_next_report(*, partnership: Partnership, until: date, by: Person | None, at: datetime) -> Report:
    """Open the report of the next period, which ends on ``until``; numbers that were counted through it are in.

    Raises ``NotAllowed``, ``NotLaunched``, ``AlreadyWriting``, ``BadRatingPeriod``.
    """
    require_unless_machine(by, Permission.EVALUATION_WRITE, partnership.area, at=at)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    cycle = evaluation_cycle_of(partnership)
    if cycle is None:
        raise refusals.NotLaunched
    if cycle.report is not None:
        raise refusals.AlreadyWriting
    if not cycle.begins < until <= local(at).date():
        raise refusals.BadReportPeriod(begins=cycle.begins.strftime("%d/%m/%Y"))
    report = Report.objects.create(
        partnership=partnership,
        begins=cycle.begins,
        until=until,
        languages=report_languages(partnership),
        typed=_sums_of_monthly_report_counts(partnership, cycle.begins, until),
        begun_at=at,
    )
    note(verb="evaluation.begun", by=by, at=at, area=partnership.area.path, target=report, until=str(until))
    return report


def _sums_of_monthly_report_counts(partnership: Partnership, begins: date, until: date) -> dict[str, int]:
    """What the police counted month by month (R138); they may still correct it in the report."""
    found = report_count_totals(partnership, begins=begins, until=until)
    return {"reports_members": found.members, "reports_others": found.others} if found else {}


@transaction.atomic
def save_report_words_and_numbers(
    *,
    report: Report,
    version: int,
    words: Mapping[str, Mapping[str, str]],
    typed: Mapping[str, int | None],
    by: Person | None,
    at: datetime,
) -> None:
    """Keep what was written; ``version`` is that which the writer saw. Numbers left ``None`` were not counted.

    Raises ``NotAllowed``, ``ChangedMeanwhile``, ``SectionTooLong``, ``BadReportNumber``, ``WrongState`` once it is
    frozen.
    """
    area = report.partnership.area
    require_unless_machine(by, Permission.EVALUATION_WRITE, area, at=at)
    kept = {code: {key: words.get(code, {}).get(key, "").strip() for key in SECTIONS} for code in report.languages}
    if any(len(one) > MOST_WORDS for parts in kept.values() for one in parts.values()):
        raise refusals.SectionTooLong
    numbers = {key: typed[key] for key in NUMBERS if typed.get(key) is not None}
    if any(not 0 <= number <= MOST_NUMBER for number in numbers.values() if number is not None):
        raise refusals.BadReportNumber
    draft = Report.objects.filter(pk=report.pk, state=ReportState.DRAFT)
    if not draft.exists():
        raise WrongState
    if not draft.filter(version=version).update(words=kept, typed=numbers, version=version + 1):
        raise refusals.ChangedMeanwhile
    report.refresh_from_db(fields=["words", "typed", "version"])
    note(verb="evaluation.written", by=by, at=at, area=area.path, target=report, version=report.version)


@transaction.atomic
def choose_evaluation_due_day(*, partnership: Partnership, due_on: date, by: Person | None, at: datetime) -> None:
    """Agree on another day for the next evaluation. Raises ``NotAllowed``, ``BadActivityDay``."""
    require_unless_machine(by, Permission.EVALUATION_WRITE, partnership.area, at=at)
    require_living(partnership)
    today = local(at).date()
    if not today <= due_on <= today + TWO_YEARS:
        raise refusals.BadEvaluationDay
    DueDay.objects.update_or_create(partnership=partnership, defaults={"due_on": due_on})
    note(verb="evaluation.due_day", by=by, at=at, area=partnership.area.path, target=partnership, on=str(due_on))
