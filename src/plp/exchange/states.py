"""What a partner installation, a letter and an offer can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class PartnerState(models.TextChoices):
    """How far two installations know each other. Letters with messages pass once both chiefs confirmed."""

    INVITED = "invited", _("invited, no answer yet")
    MET = "met", _("read the words aloud, then confirm")
    OPEN = "open", _("connected")
    ENDED = "ended", _("ended")


class PartnerPurpose(models.TextChoices):
    """What two installations meet for."""

    MESSAGES = "messages", _("messages beyond the zone")
    REGISTER = "register", _("the federal register")


class LetterKind(models.TextChoices):
    """What a letter says. The table of its fields stands in ``rules``."""

    HELLO = "hello"  # answer to an invitation
    CONFIRMED = "confirmed"  # the words agree
    KEYS = "keys"  # new keys
    ENDED = "ended"  # no more letters
    OFFER = "offer"  # a message is offered
    ACCEPTED = "accepted"  # an offer is accepted
    REFUSED = "refused"  # an offer is refused
    WITHDRAWN = "withdrawn"  # an offer is withdrawn
    OUTCOME = "outcome"  # how many were reached
    REGISTER = "register"  # entries for the register
    MOVE = "move"  # a partnership would move to the reader
    MOVE_YES = "move_yes"  # its chief takes it
    MOVE_NO = "move_no"  # it is not taken, or not any more
    MOVE_BACK = "move_back"  # the writer would keep it after all
    MOVE_PART = "move_part"  # a piece of its sealed archive
    MOVED = "moved"  # it is there, whole
    MOVE_STOP = "move_stop"  # somebody who moved asked the old installation for an end


class LetterOutcome(models.TextChoices):
    """What became of a letter that came in."""

    TAKEN = "taken"
    HELD = "held"  # an earlier one is missing
    REPEATED = "repeated"  # it was here before: nothing happens
    NOT_UNDERSTOOD = "not_understood"  # genuine, and not in a shape that this version knows


class OfferState(models.TextChoices):
    """Where an offered message stands."""

    CHOSEN = "chosen", _("chosen")
    OFFERED = "offered", _("waiting for the police there")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LATE = "late", _("not answered in time")


OFFER_MOVES = Moves(
    OfferState,
    start=OfferState.CHOSEN,
    table={
        OfferState.CHOSEN: (OfferState.OFFERED, OfferState.WITHDRAWN),
        OfferState.OFFERED: (OfferState.ACCEPTED, OfferState.REFUSED, OfferState.WITHDRAWN, OfferState.LATE),
        OfferState.ACCEPTED: (OfferState.REFUSED, OfferState.WITHDRAWN),
        OfferState.REFUSED: (),
        OfferState.WITHDRAWN: (),
        OfferState.LATE: (),
    },
)


class MoveState(models.TextChoices):
    """How far a partnership has moved; the same words on both sides."""

    OFFERED = "offered", _("waiting for the chief of corps there")
    AGREED = "agreed", _("agreed, members are told")
    SENT = "sent", _("on its way")
    RECALLED = "recalled", _("asked back")
    MOVED = "moved", _("moved")
    REFUSED = "refused", _("refused")
    RETURNED = "returned", _("stays where it is")


class MachineReason(models.TextChoices):
    """Why a machine sent a partnership back; the police read it in their own language."""

    UNREADABLE = "archive-unreadable", _("It cannot be read there. Bring both installations to the same version.")
    IS_HERE = "archive-is-there", _("Rows of this partnership are there already.")
    STREETS = "archive-streets", _("Streets of this partnership are unknown there.")
    TOO_LARGE = "archive-too-large", _("It is too large for letters. Whoever runs the installation can export it.")


# Only the receiving side says that it moved, or that it stays: so it is never on both sides, and never on none.
PARTNERSHIP_MOVES = Moves(
    MoveState,
    start=MoveState.OFFERED,
    table={
        MoveState.OFFERED: (MoveState.AGREED, MoveState.REFUSED, MoveState.RETURNED),
        MoveState.AGREED: (MoveState.SENT, MoveState.REFUSED, MoveState.RETURNED),
        MoveState.SENT: (MoveState.RECALLED, MoveState.MOVED, MoveState.REFUSED, MoveState.RETURNED),
        MoveState.RECALLED: (MoveState.MOVED, MoveState.REFUSED, MoveState.RETURNED),
        MoveState.MOVED: (),
        MoveState.REFUSED: (),
        MoveState.RETURNED: (),
    },
)
UNDER_WAY = (MoveState.OFFERED, MoveState.AGREED, MoveState.SENT, MoveState.RECALLED)
