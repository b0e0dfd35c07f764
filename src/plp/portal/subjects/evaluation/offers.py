"""What this subject offers to the shell: its place in the menu, tasks that wait, where its pages are explained."""

from datetime import datetime, time

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plp.evaluation.queries.reports import DUE_SOON, Cycle, evaluation_cycles_in_scope, reports_to_sign
from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission
from plp.people.models import Person
from plp.portal.shell.offers import (
    PARTNERSHIP,
    MenuEntry,
    Offers,
    Source,
    Task,
)
from plp.toolbox.clock import BRUSSELS, local

END_OF_DAY = time(23, 59)


def evaluation_tasks(person: Person, at: datetime) -> list[Task]:
    """Sign a frozen report; hold an evaluation that is due within a month, urgent once the day is over."""
    if not holds_any_permission(person, Permission.EVALUATION_WRITE, at=at):
        return []
    language, today = get_language() or "fr", local(at).date()
    found = [
        Task(
            _("Sign the evaluation report: %s") % report.partnership.name(language),
            _("It is ready. Read it, then sign it."),
            reverse("evaluation:home", args=[report.partnership.key]),
        )
        for report in reports_to_sign(person, at=at)
    ]
    mine = (
        evaluation_cycles_in_scope(person, Permission.EVALUATION_WRITE, at=at) if DUE_SOON.may_exist_for(person) else []
    )
    due = [one for one in mine if one.is_near(today) and (one.report is None or one.report.state == "draft")]
    return found + [_evaluation_task(one, language, is_late=one.is_late(today)) for one in due]


def _evaluation_task(cycle: Cycle, language: str, *, is_late: bool) -> Task:
    return Task(
        _("Hold the yearly evaluation: %s") % cycle.partnership.name(language),
        _("The figures are ready: you add your words, and both sign."),
        reverse("evaluation:home", args=[cycle.partnership.key]),
        urgent=is_late,
        due_at=datetime.combine(cycle.due_on, END_OF_DAY, tzinfo=BRUSSELS),
    )


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Evaluation"),
            gettext_lazy("Look back on the year together, and report to the authorities."),
            "evaluation:index",
            "clipboard-check",
            Permission.EVALUATION_READ,
            PARTNERSHIP,
            order=150,
        ),
    ),
    tasks=Source(evaluation_tasks, order=150),
    help={
        "coordinator/year": (
            "evaluation:index",
            "evaluation:home",
            "evaluation:write",
            "evaluation:read",
            "evaluation:sign",
        ),
        "coordinator/objectives": (
            "evaluation:objectives",
            "evaluation:objective",
            "evaluation:task",
        ),
        "municipality/reports": (
            "evaluation:index",
            "evaluation:home",
        ),
    },
)
