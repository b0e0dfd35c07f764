"""The way of a sighting to the police and away again, and that of a question to its answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class State(models.TextChoices):
    """Where a sighting stands. Whatever its end, its words do not stay (R85)."""

    FILED = "filed", _("sent, not read yet")
    READ = "read", _("read by the police")
    ANSWERED = "answered", _("answered")
    HANDED_OVER = "handed_over", _("taken over by the police")
    CLOSED = "closed", _("closed without an answer")
    PURGED = "purged", _("erased")


MOVES = Moves(
    State,
    start=State.FILED,
    table={
        State.FILED: (State.READ, State.PURGED),
        State.READ: (State.ANSWERED, State.HANDED_OVER, State.CLOSED, State.PURGED),
        State.ANSWERED: (State.PURGED,),
        State.HANDED_OVER: (State.ANSWERED, State.CLOSED, State.PURGED),
        State.CLOSED: (State.PURGED,),
        State.PURGED: (),
    },
)


class QuestionState(models.TextChoices):
    """Where a question or an opinion stands."""

    OPEN = "open", _("waiting for an answer")
    ANSWERED = "answered", _("answered")


ASKING = Moves(
    QuestionState,
    start=QuestionState.OPEN,
    table={QuestionState.OPEN: (QuestionState.ANSWERED,), QuestionState.ANSWERED: ()},
)
