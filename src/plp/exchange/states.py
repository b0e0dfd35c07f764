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
