"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class BadInvitation(Refused):
    """What was pasted is no invitation, or one of another version."""

    sentence = _("This is no invitation. Paste all of it, from the first sign to the last.")
    field = "invitation"


class InvitationOver(Refused):
    """An invitation that is too old, was answered already, or is our own."""

    sentence = _("This invitation holds no longer. Ask for a new one.")
    field = "invitation"


class OriginRefused(Refused):
    """An address to which letters may not go."""

    sentence = _("The address of the other installation must begin with https:// and a name.")
    field = "invitation"


class WordsDiffer(Refused):
    """Somebody is confirmed whose words were not compared."""

    sentence = _("Read the words aloud to each other first, and say that they agree.")


class NotConnected(Refused):
    """A partner with whom no letters are exchanged (yet, or any more)."""

    sentence = _("This installation is not connected. Both chiefs of corps confirm it first.")


class NothingChosen(Refused):
    """An offer accepted for no partnership."""

    sentence = _("Choose at least one neighbourhood.")


class OfferReasonMissing(Refused):
    """A refusal without a reason."""

    sentence = _("Say in at least ten characters why: the other police read it.")
    field = "because"


class CannotMove(Refused):
    """A partnership that is not at work or paused, or that moves already."""

    sentence = _("This partnership cannot move now: it is not active or paused, or a move is under way already.")


class MoveTooSoon(Refused):
    """A day before which the members cannot be told three weeks."""

    sentence = _("Members know it three weeks before: choose %(day)s or later.")
    field = "day"


class MovesNow(Refused):
    """A member, or somebody for one, changes something while everything of theirs is on its way."""

    sentence = _(
        "The partnership is moving to another installation at this moment. Change this in an hour, there. "
        "Leaving, and stopping the messages, can be done now."
    )


class StreetsUnknown(Refused):
    """Streets of a partnership that comes are in no register here."""

    sentence = _("Streets of this partnership are unknown here. Have their addresses read in first.")


class KeyIsTaken(Refused):
    """A partnership with the same public key is here."""

    sentence = _("There is a partnership with this public address here already.")


class MoveIsUnderWay(Refused):
    """An exchange is ended while a partnership moves."""

    sentence = _("A partnership is moving to or from this installation. Take the move back first, or wait for its end.")


class LetterRefused(Refused):
    """A letter that is not taken in. ``key`` is what the other machine is told, ``status`` how HTTP says it."""

    key = "refused"
    status = 400


class LetterTooLong(LetterRefused):
    """More bytes than a letter may have."""

    sentence = _("This file is too large for letters.")
    key, status = "too_long", 413


class LetterUnreadable(LetterRefused):
    """Not for us, no letter, or altered on its way."""

    sentence = _("This letter cannot be opened here: it is for another installation, or it was altered.")
    key, status = "unreadable", 400


class LetterForged(LetterRefused):
    """Of nobody whom we know, or not signed by them."""

    sentence = _("This letter is not from an installation that we met, or its signature is wrong.")
    key, status = "forged", 403


class PartnerEnded(LetterRefused):
    """Of somebody from whom we take no more letters."""

    sentence = _("The exchange with this installation was ended.")
    key, status = "ended", 410


class ClocksDiffer(LetterRefused):
    """A letter from a machine whose clock is wrong, or to one."""

    sentence = _("The clocks of the two installations differ by more than ten minutes. Set the wrong one right.")
    key, status = "clock", 409


class TooManyLetters(LetterRefused):
    """More letters in a minute than a partner has to tell."""

    sentence = _("Too many letters came in this minute. They are sent again by themselves.")
    key, status = "too_many", 429


class TooFarAhead(LetterRefused):
    """So many letters before it are missing that it is not kept."""

    sentence = _("Earlier letters are missing. Bring these first.")
    key, status = "too_far_ahead", 409
