"""What a meeting and a vote can be, and the seven points of the founding text as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plp.toolbox.moves import Moves


class MeetingState(models.TextChoices):
    """The life of a meeting: planned, everybody invited, the doors open, held, minutes written, minutes approved."""

    PLANNED = "planned", _("planned")
    CONVENED = "convened", _("convened")
    OPEN = "open", _("under way")
    HELD = "held", _("held")
    MINUTED = "minuted", _("minutes written")
    APPROVED = "approved", _("minutes approved")
    CANCELLED = "cancelled", _("cancelled")


MEETING_MOVES = Moves(
    MeetingState,
    start=MeetingState.PLANNED,
    table={
        MeetingState.PLANNED: (MeetingState.CONVENED, MeetingState.CANCELLED),
        MeetingState.CONVENED: (MeetingState.OPEN, MeetingState.CANCELLED),
        MeetingState.OPEN: (MeetingState.HELD,),
        MeetingState.HELD: (MeetingState.MINUTED,),
        MeetingState.MINUTED: (MeetingState.APPROVED,),
        MeetingState.APPROVED: (),
        MeetingState.CANCELLED: (),
    },
)


class Voting(models.TextChoices):
    """Where a vote stands. What is closed never opens again."""

    PREPARED = "prepared", _("prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", pgettext_lazy("vote", "closed")


VOTING = Moves(
    Voting,
    start=Voting.PREPARED,
    table={Voting.PREPARED: (Voting.OPEN,), Voting.OPEN: (Voting.CLOSED,), Voting.CLOSED: ()},
)


class Purpose(models.TextChoices):
    """Why people meet."""

    INFORMATION = "information", _("information evening")
    MEMBERS = "members", _("meeting of the members")


class PointKind(models.TextChoices):
    """The points of an agenda. The first seven are those of the founding text (R18-R25), in its order."""

    CONCEPT = "concept", _("What a partnership is, and the legal rules")
    PARTNERS = "partners", _("The partners")
    APPROVAL = "approval", _("Approval of the partnership and its objectives")
    PLAN_AND_COSTS = "plan_and_costs", _("The communication plan and its costs")
    VOLUNTEERS = "volunteers", _("Volunteers and the steering committee")
    PARTICIPANTS = "participants", _("Who takes part: collecting the data")
    AGREEMENTS = "agreements", _("Agreements on start, organisation and evaluation")
    REVIEW = "review", _("Looking back on the past months")
    OPINIONS = "opinions", _("The opinions of the members")
    THEME = "theme", _("Theme")


# Minutes that a point usually takes, in the order of the agenda.
AGENDAS: dict[str, dict[PointKind, int]] = {
    Purpose.INFORMATION: {
        PointKind.CONCEPT: 20,
        PointKind.PARTNERS: 10,
        PointKind.APPROVAL: 15,
        PointKind.PLAN_AND_COSTS: 15,
        PointKind.VOLUNTEERS: 20,
        PointKind.PARTICIPANTS: 15,
        PointKind.AGREEMENTS: 15,
    },
    Purpose.MEMBERS: {PointKind.REVIEW: 20, PointKind.OPINIONS: 20, PointKind.AGREEMENTS: 15},
}


def agenda_scaled_to(purpose: str, minutes: int) -> dict[PointKind, int]:
    """The usual points with their minutes; in a shorter meeting each is shorter, so that they fit into it together."""
    usual = AGENDAS[purpose]
    usual_minutes = sum(usual.values())
    if minutes >= usual_minutes:
        return usual
    return {key: max(duration * minutes // usual_minutes, 1) for key, duration in usual.items()}


SEVEN: frozenset[str] = frozenset(AGENDAS[Purpose.INFORMATION])
