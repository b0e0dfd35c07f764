"""What can stand in the way of a sighting or a question, each in one sentence that says how to go on."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class StillUrgent(Refused):
    """The facts are fresh: a form is the wrong way (R121)."""

    sentence = _("This was less than an hour ago. Do not write: phone 101 (police) or 112 now.")


class StillToCome(Refused):
    """A sighting has happened."""

    sentence = _("This day or hour is still to come. Give the moment at which you saw it.")


class TooOld(Refused):
    """Older than a year."""

    sentence = _("This was more than a year ago. Go to your police station with it.")


class NothingSeen(Refused):
    """Every field is empty."""

    sentence = _("Tell what you saw in at least one field.")


class TellsOrigin(Refused):
    """The words describe people by origin, skin, faith or the like (R74): no help to find anybody."""

    sentence = _(
        "Describe what somebody did, their build and their clothing. "
        "Leave out origin, skin colour, language and belief: “%(words)s”."
    )


class NobodyReads(Refused):
    """No police officer of the zone reads sightings here: a form that nobody reads does harm."""

    sentence = _("The police of this place do not read reports here. Phone them, or go to the police station.")


class NotOfTheDesk(Refused):
    """A report is given to somebody who handles those of its place, while it is open."""

    sentence = _("Choose somebody of the police who reads the reports of this place. It must still be open.")


class NotReferable(Refused):
    """Only what was closed as one for another service goes to the municipality, once."""

    sentence = _("Close this report first, as one with which another service deals. It goes to the municipality once.")


class NoPicture(Refused):
    """Not a picture of a kind that we take, broken, or too large."""

    sentence = _("This file is not a picture that we can take. Send a JPEG, PNG or WebP of at most 10 MB, or none.")


class TooManyPictures(Refused):
    """More than fit."""

    sentence = _("At most %(most)d pictures. Choose the clearest.")


class NotAMember(Refused):
    """Only members ask in their own name."""

    sentence = _("Only members of this partnership can ask in their own name.")


class NobodyAnswers(Refused):
    """Nobody holds the office to which the question goes."""

    sentence = _("Nobody can answer at this moment. Ask the other one, or try again later.")


class NotShareable(Refused):
    """Only an answered question to the coordinator is shared, once (R135)."""

    sentence = _("Answer this question first. An answer is shared once; take it back before you share it again.")
