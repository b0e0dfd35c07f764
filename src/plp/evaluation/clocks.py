"""The clocks of the year and of the way to the launch: for the one mechanism of ``followup.clocks``.

They stand here since this room alone sees both the launch and the follow-up.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.evaluation.queries import due_matters
from plp.followup.clocks import POLICE, DueKind
from plp.followup.rules.desk_holders import Hand
from plp.mandates.grants import Permission

MONTH = timedelta(days=30)

KINDS: tuple[DueKind, ...] = (
    DueKind(
        "evaluation",
        _("the yearly evaluation is to be held"),
        Permission.EVALUATION_WRITE,
        due_matters.due_evaluations,
        POLICE,
        MONTH,
        pages.EVALUATIONS.path(),
        also=Permission.REQUEST_ASK,
        above=pages.EVALUATIONS.path(),
    ),
    DueKind(
        "confirm",
        _("it is to be confirmed that the partnership still works"),
        Permission.PARTNERSHIP_LEAD,
        due_matters.due_yearly_officer_confirmations,
        POLICE,
        MONTH,
        pages.PARTNERSHIPS.path(),
        above=pages.PARTNERSHIPS.path(),
    ),
    DueKind(
        "task_coordinator",
        _("a task that the evaluation left to the coordinator"),
        Permission.EVALUATION_WRITE,
        due_matters.due_tasks_of_coordinator,
        (Hand.COORDINATOR,),
        timedelta(0),
        pages.EVALUATIONS.path(),
    ),
    DueKind(
        "task_police",
        _("a task that the evaluation left to the police"),
        Permission.EVALUATION_WRITE,
        due_matters.due_tasks_of_police,
        (Hand.POLICE,),
        timedelta(0),
        pages.EVALUATIONS.path(),
    ),
    DueKind(
        "charter_review",
        _("the signed charter is to be looked at again"),
        Permission.CHARTER_WRITE,
        due_matters.due_charter_reviews,
        POLICE,
        MONTH,
        pages.CHARTERS.path(),
        above=pages.CHARTERS.path(),
    ),
    DueKind(
        "step",
        _("a step on the way to the launch takes longer than usual"),
        Permission.PARTNERSHIP_LEAD,
        due_matters.due_stalled_steps,
        POLICE,
        MONTH,
        pages.PARTNERSHIPS.path(),
        above=pages.PARTNERSHIPS.path(),
    ),
)
