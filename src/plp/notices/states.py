"""The way of a notice, from the officer's pen to the members."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class State(models.TextChoices):
    """Where a notice stands. Text may change in a draft only."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for release")
    RELEASED = "released", _("released, waiting for the coordinator")
    RELAYED = "relayed", _("on its way to the members")
    RETRACTED = "retracted", _("retracted")
    EXPIRED = "expired", _("expired before it was relayed")
    DROPPED = "dropped", _("dropped")


MOVES = Moves(
    State,
    start=State.DRAFT,
    table={
        State.DRAFT: (State.SUBMITTED, State.DROPPED),
        State.SUBMITTED: (State.DRAFT, State.RELEASED, State.DROPPED),
        State.RELEASED: (State.RELAYED, State.RETRACTED, State.EXPIRED),
        State.RELAYED: (State.RETRACTED,),
        State.RETRACTED: (),
        State.EXPIRED: (),
        State.DROPPED: (),
    },
)
