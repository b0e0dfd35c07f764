"""What a partnership and a membership can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class State(models.TextChoices):
    """The life of a partnership (R148). Nothing is sent before it is active."""

    IDEA = "idea", _("idea")
    CREATION = "creation", _("in creation")
    RECOGNITION = "recognition", _("awaiting recognition")
    ACTIVE = "active", _("active")
    DORMANT = "dormant", _("dormant")
    MERGED = "merged", _("merged")
    ENDED = "ended", _("ended")


# Whoever lives or works there may ask to join: from the creation on (R24), and for as long as it works (R29).
OPEN = (State.CREATION, State.RECOGNITION, State.ACTIVE)

MOVES = Moves(
    State,
    start=State.IDEA,
    table={
        State.IDEA: (State.CREATION, State.ENDED),
        State.CREATION: (State.RECOGNITION, State.ACTIVE, State.ENDED),
        State.RECOGNITION: (State.CREATION, State.ACTIVE, State.ENDED),
        State.ACTIVE: (State.DORMANT, State.MERGED, State.ENDED),
        State.DORMANT: (State.ACTIVE, State.MERGED, State.ENDED),
        State.MERGED: (),
        State.ENDED: (),
    },
)
