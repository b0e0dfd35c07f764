"""What a report can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class ReportState(models.TextChoices):
    """Written by both, frozen for the two signatures, then filed for good."""

    DRAFT = "draft", _("being written")
    SIGNING = "signing", _("waiting for signatures")
    FILED = "filed", _("filed")


MOVES = Moves(
    ReportState,
    start=ReportState.DRAFT,
    table={
        ReportState.DRAFT: (ReportState.SIGNING,),
        ReportState.SIGNING: (ReportState.DRAFT, ReportState.FILED),
        ReportState.FILED: (),
    },
)
