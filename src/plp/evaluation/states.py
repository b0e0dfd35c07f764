"""What a report can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class State(models.TextChoices):
    """Written by both, frozen for the two signatures, then filed for good."""

    DRAFT = "draft", _("being written")
    SIGNING = "signing", _("waiting for signatures")
    FILED = "filed", _("filed")


MOVES = Moves(
    State,
    start=State.DRAFT,
    table={State.DRAFT: (State.SIGNING,), State.SIGNING: (State.DRAFT, State.FILED), State.FILED: ()},
)
