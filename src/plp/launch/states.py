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
