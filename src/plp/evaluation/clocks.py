"""The clocks of the year and of the way to the launch: for the one mechanism of ``followup.clocks``.

They stand here since this room alone sees both the launch and the follow-up.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.evaluation.queries import matters
from plp.followup.clocks import POLICE, DueKind
from plp.mandates.grants import Permission

MONTH = timedelta(days=30)

KINDS: tuple[DueKind, ...] = (
    DueKind(
        "evaluation",
        _("the yearly evaluation is to be held"),
        Permission.EVALUATION_WRITE,
        matters.evaluations,
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
        matters.confirmations,
        POLICE,
        MONTH,
        pages.PARTNERSHIPS.path(),
        above=pages.PARTNERSHIPS.path(),
    ),
    DueKind(
        "step",
        _("a step on the way to the launch takes longer than usual"),
        Permission.PARTNERSHIP_LEAD,
        matters.stalled,
        POLICE,
        MONTH,
        pages.PARTNERSHIPS.path(),
        above=pages.PARTNERSHIPS.path(),
    ),
)
