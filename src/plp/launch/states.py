"""What the recognition file (R96) and an idea (R10) can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class Filing(models.TextChoices):
    """The way of the file to FPS Interior and back."""

    DRAFT = "draft", _("being prepared")
    SENT = "sent", _("sent to FPS Interior")
    RETURNED = "returned", _("returned with remarks")
    VALIDATED = "validated", _("validated")


FILING = Moves(
    Filing,
    start=Filing.DRAFT,
    table={
        Filing.DRAFT: (Filing.SENT,),
        Filing.SENT: (Filing.RETURNED, Filing.VALIDATED),
        Filing.RETURNED: (Filing.SENT,),
        Filing.VALIDATED: (),
    },
)


class Hearing(models.TextChoices):
    """Where an idea stands (R10): answered once, for good."""

    OPEN = "open", _("with the police")
    DECLINED = "declined", _("not taken up")
    MERGED = "merged", _("joined to another idea")
    TAKEN = "taken", _("taken up")


HEARING = Moves(
    Hearing,
    start=Hearing.OPEN,
    table={
        Hearing.OPEN: (Hearing.DECLINED, Hearing.MERGED, Hearing.TAKEN),
        Hearing.DECLINED: (),
        Hearing.MERGED: (),
        Hearing.TAKEN: (),
    },
)


class Standing(models.TextChoices):
    """Where a step stands. Derived from facts, never stored as truth."""

    CLOSED = "closed", _("not yet open")
    OPEN = "open", _("in progress")
    STALLED = "stalled", _("takes longer than usual")
    DONE = "done", _("done")


class QuarterState(models.TextChoices):
    """Where a change of a quarter stands: prepared, released and told, carried out; undone within a day."""

    DRAFT = "draft", _("being prepared")
    TOLD = "told", _("members are told")
    DONE = "done", _("carried out")
    UNDONE = "undone", _("undone")
    GIVEN_UP = "given_up", _("given up")


QUARTER_MOVES = Moves(
    QuarterState,
    start=QuarterState.DRAFT,
    table={
        QuarterState.DRAFT: (QuarterState.TOLD, QuarterState.GIVEN_UP),
        QuarterState.TOLD: (QuarterState.DONE, QuarterState.GIVEN_UP),
        QuarterState.DONE: (QuarterState.UNDONE,),
        QuarterState.UNDONE: (),
        QuarterState.GIVEN_UP: (),
    },
)
