"""Choose what measures an objective; make what an evaluation found a task with an owner and a day, and do it."""

from datetime import date, datetime, timedelta

from django.db import transaction

from plp.evaluation import refusals
from plp.evaluation.indicators import MOST_TARGET, SOURCES
from plp.evaluation.models import Indicator, Report, ReportTask
from plp.evaluation.states import ReportState
from plp.followup.models import Activity
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership, Statement
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState
from plp.toolbox.words import normalise_text
from plp.wording.held_words import require_text_passes_check

MOST_WORDS = 200
QUARTER = timedelta(days=91)  # what a task is given when nobody chooses a day
LATEST = timedelta(days=731)


@transaction.atomic
def set_or_stop_indicator_target(
    *,
    partnership: Partnership,
    source: str,
    is_followed: bool,
    target: int,
    due_on: date | None,
    objective: Statement | None,
    by: Person | None,
    at: datetime,
) -> Indicator:
    """Say what is to be reached, by when, for which objective of the charter; or follow it no longer.

    Raises ``NotAllowed``, ``BadTarget`` or ``BadTargetDay``.
    """
    require_unless_machine(by, Permission.EVALUATION_WRITE, partnership.area, at=at)
    require_living(partnership)
    if source not in SOURCES or not 0 <= target <= MOST_TARGET:
        raise refusals.BadTarget
    if objective is not None and objective.partnership_id != partnership.pk:
        raise refusals.BadTarget
    today = local(at).date()
    if due_on is not None and not today <= due_on <= today + 3 * LATEST:
        raise refusals.BadTargetDay
    values = {"is_followed": is_followed, "target": target, "due_on": due_on, "objective": objective}
    indicator, _new = Indicator.objects.update_or_create(partnership=partnership, source=source, defaults=values)
    note(
        verb="evaluation.target_set",
        by=by,
        at=at,
        area=partnership.area.path,
        target=indicator,
        source=source,
        is_followed=is_followed,
        number=target,
    )
    return indicator


@transaction.atomic
def add_task_to_draft_report(
    *,
    report: Report,
    side: str,
    by: Person | None,
    at: datetime,
    source: str = "",
    words: str = "",
    due_on: date | None = None,
) -> ReportTask:
    """Make what a report found a task of one side, while the report is written; in three months without ``due_on``.

    Raises ``NotAllowed``, ``BadWords``, ``HeldWords``, ``BadTaskDay`` or ``WrongState``.
    """
    _require_draft_report(report, by=by, at=at)
    plain_words = "" if source in SOURCES and not words else normalise_text(words, most=MOST_WORDS)
    if plain_words:
        require_text_passes_check(plain_words, language=report.languages[0])
    today = local(at).date()
    day = due_on or today + QUARTER
    if not today <= day <= today + LATEST:
        raise refusals.BadTaskDay
    task = ReportTask.objects.create(
        report=report,
        source=source if source in SOURCES else "",
        words=plain_words,
        side=Activity.Side(side),
        due_on=day,
    )
    _journal_task("agreed", task, report, by=by, at=at)
    return task


@transaction.atomic
def delete_draft_task(*, task: ReportTask, by: Person | None, at: datetime) -> None:
    """Take a task out while the report is written. Raises ``NotAllowed`` or ``WrongState``."""
    _require_draft_report(task.report, by=by, at=at)
    _journal_task("given_up", task, task.report, by=by, at=at)
    task.delete()


@transaction.atomic
def finish_task(*, task: ReportTask, outcome: str, by: Person | None, at: datetime) -> None:
    """It is done; ``outcome`` may say what came of it. Raises ``NotAllowed``, ``BadWords`` or ``WrongState``."""
    report = task.report
    require_unless_machine(by, Permission.EVALUATION_WRITE, report.partnership.area, at=at)
    words = normalise_text(outcome, most=MOST_WORDS) if outcome.strip() else ""
    if words:
        require_text_passes_check(words, language=report.languages[0])
    if not ReportTask.objects.filter(pk=task.pk, done_at=None).update(done_at=at, outcome=words):
        raise WrongState
    _journal_task("done", task, report, by=by, at=at)


def _require_draft_report(report: Report, *, by: Person | None, at: datetime) -> None:
    require_unless_machine(by, Permission.EVALUATION_WRITE, report.partnership.area, at=at)
    if not Report.objects.select_for_update().filter(pk=report.pk, state=ReportState.DRAFT).exists():
        raise WrongState


def _journal_task(verb: str, task: ReportTask, report: Report, *, by: Person | None, at: datetime) -> None:
    note(verb=f"report_task.{verb}", by=by, at=at, area=report.partnership.area.path, target=task, side=task.side)
