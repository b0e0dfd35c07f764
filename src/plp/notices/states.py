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
    GATHERED = "gathered", _("gathered for the digest")
    BUNDLED = "bundled", _("gone into a digest")


MOVES = Moves(
    State,
    start=State.DRAFT,
    table={
        State.DRAFT: (State.SUBMITTED, State.DROPPED, State.GATHERED),
        State.SUBMITTED: (State.DRAFT, State.RELEASED, State.DROPPED),
        State.RELEASED: (State.RELAYED, State.RETRACTED, State.EXPIRED),
        State.RELAYED: (State.RETRACTED,),
        State.RETRACTED: (),
        State.EXPIRED: (State.RETRACTED,),  # where copies of it are still under way elsewhere
        State.DROPPED: (State.DRAFT,),
        State.GATHERED: (State.DRAFT, State.BUNDLED, State.DROPPED),
        State.BUNDLED: (State.DRAFT,),
    },
)


class ForwardingState(models.TextChoices):
    """How far a message came on its way to one more partnership."""

    CHOSEN = "chosen", _("chosen")
    ASKED = "asked", _("waiting for the police there")
    FORWARDED = "forwarded", _("taken over")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LATE = "late", _("not answered in time")


PASSINGS = Moves(
    ForwardingState,
    start=ForwardingState.CHOSEN,
    table={
        ForwardingState.CHOSEN: (ForwardingState.ASKED, ForwardingState.FORWARDED, ForwardingState.WITHDRAWN),
        ForwardingState.ASKED: (
            ForwardingState.FORWARDED,
            ForwardingState.REFUSED,
            ForwardingState.WITHDRAWN,
            ForwardingState.LATE,
        ),
        ForwardingState.FORWARDED: (),
        ForwardingState.REFUSED: (),
        ForwardingState.WITHDRAWN: (),
        ForwardingState.LATE: (),
    },
)
