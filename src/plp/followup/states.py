"""Where a request for information stands (R52), and where a meeting of coordinator and police does (R61)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class RequestState(models.TextChoices):
    """Open, or ended in one of two ways: an answer, or a refusal with its reason."""

    OPEN = "open", _("waiting for an answer")
    ANSWERED = "answered", _("answered")
    REFUSED = "refused", _("refused, with a reason")


ASKED = Moves(
    RequestState,
    start=RequestState.OPEN,
    table={
        RequestState.OPEN: (RequestState.ANSWERED, RequestState.REFUSED),
        RequestState.ANSWERED: (),
        RequestState.REFUSED: (),
    },
)


class FollowUpMeetingState(models.TextChoices):
    """Both sides are invited; it was held and is written up; its minutes are closed for good."""

    CONVENED = "convened", _("convened")
    HELD = "held", _("held")
    CLOSED = "closed", _("minutes closed")
    CANCELLED = "cancelled", _("cancelled")


MEETING = Moves(
    FollowUpMeetingState,
    start=FollowUpMeetingState.CONVENED,
    table={
        FollowUpMeetingState.CONVENED: (FollowUpMeetingState.HELD, FollowUpMeetingState.CANCELLED),
        FollowUpMeetingState.HELD: (FollowUpMeetingState.CLOSED,),
        FollowUpMeetingState.CLOSED: (),
        FollowUpMeetingState.CANCELLED: (),
    },
)
