"""What a version of the communication plan can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class State(models.TextChoices):
    """A plan is written together, agreed by both sides, in force, and then replaced: never changed (R49, R103)."""

    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("replaced")


MOVES = Moves(
    State,
    start=State.DRAFT,
    table={State.DRAFT: (State.IN_FORCE,), State.IN_FORCE: (State.SUPERSEDED,), State.SUPERSEDED: ()},
)
