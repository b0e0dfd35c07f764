"""What can stand in the way of a notice, each in one sentence that says how to go on."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused, WrongState
from plp.wording.catalogue.own_sentences import SentenceFault


class NoText(Refused):
    """There is nothing to send."""

    sentence = _("Write the message in at least one language of the partnership first.")


class TooLong(Refused):
    """The short text is longer than its kind allows (R128)."""

    sentence = _("The short text may have %(limit)s characters; it has %(length)s. Move details to the longer text.")


class SecrecyNotConfirmed(Refused):
    """The officer did not confirm that the investigation is not harmed (R76)."""

    sentence = _("Confirm first that the message does not harm the secrecy of the investigation.")
    field = "keeps_secrecy"


class NeedsReference(Refused):
    """A missing-person notice comes from an official source only (R125)."""

    sentence = _("Enter the reference of the official notice: this kind of message is sent on an official source only.")
    field = "official_reference"


class NeedsEnd(Refused):
    """A missing-person notice ends by itself (R125)."""

    sentence = _("Enter until when this message is valid: it is withdrawn from everybody at that moment.")
    field = "expires_at"


class LanguageMissing(Refused):
    """The plan asks for words in a language that has none (R104)."""

    sentence = _("The communication plan asks for this kind of message in %(language)s, too.")


class NeedsOrigin(Refused):
    """Feedback belongs to an earlier message (R112)."""

    sentence = _("Choose the earlier message to which this is the feedback.")


class HasFindings(Refused):
    """The message check holds the text (R71-R74)."""

    sentence = _("The message check stops this text. Change the marked words, or give a reason where that is allowed.")


class NoOverride(Refused):
    """No reason can let this finding pass (R74)."""

    sentence = _("This finding cannot be overridden. Change the words.")


class ReasonTooShort(Refused):
    """An override needs a reason that others can judge."""

    sentence = _("Give a reason of at least ten characters: it is kept with the message.")


class SamePerson(Refused):
    """Whoever wrote some of a message cannot release it (T1)."""

    sentence = _("Somebody else has to release this message: you wrote some of it.")


class NotProven(Refused):
    """The release needs fresh proof of who one is (T1)."""

    sentence = _("Prove once more who you are, then release within five minutes.")


class TextChanged(Refused):
    """The text is not the one that was read (T43)."""

    sentence = _("The text has changed since you read it. Read it again before you release it.")


class NotInPlan(Refused):
    """The plan in force does not give this role that part (R62)."""

    sentence = _("The communication plan in force does not give your role this part for this kind of message.")


class AlreadyExpired(Refused):
    """An ended message is not sent (R111)."""

    sentence = _("This message has ended and is not sent any more. If it still matters, the police write a new one.")
    field = "expires_at"


class EndHasPassed(Refused):
    """The end of what is still written lies behind (R111)."""

    sentence = _("The end of this message has passed. Choose a later end.")
    field = "expires_at"


class EndsBeforeSending(Refused):
    """It would be over before it leaves."""

    sentence = _("This message ends before it is sent. Choose an earlier hour, or a later end.")
    field = "expires_at"


class EndsBeforeHours(Refused):
    """Its end comes before the plan lets it leave."""

    sentence = _(
        "This message ends before the plan lets it leave, so it is not sent. "
        "If it still matters, the police write a new one."
    )


class NotRelayed(Refused):
    """Only what was sent can be answered or corrected."""

    sentence = _("Only a message that was sent to the members can be corrected or followed by feedback.")


class HasGap(Refused):
    """A place of the template was not filled in."""

    sentence = _("Fill in %(gap)s, or remove it: the template left it open.")


class FollowsItsMessage(Refused):
    """Corrections and feedback go where their message went."""

    sentence = _(
        "This text goes to exactly those whom its message reached. You cannot choose other neighbourhoods for it."
    )


class NoSuchPlace(Refused):
    """The register knows no such door, or the two streets have no crossing."""

    sentence = _("We do not know this house number, or these two streets do not meet. Choose another place.")


class TooFewDoors(Refused):
    """Fewer doors than that would single somebody out."""

    sentence = _("Fewer than %(fewest)d doors lie there. Choose more streets, or a wider circle.")


class TooFewFirms(TooFewDoors):
    """So few firms, or homes, in all that was chosen that somebody would be singled out."""

    sentence = _("Fewer than %(fewest)d such doors lie there. Choose firms and residents together.")


class NoFirmsHere(Refused):
    """Firms and residents are told apart in a partnership of the self-employed alone."""

    sentence = _("There are no firms in this partnership.")


class OneQuarterOnly(Refused):
    """Streets and circles lie in one quarter; the same words elsewhere are a message of their own."""

    sentence = _(
        "A message to a part of the neighbourhood goes to this neighbourhood alone. "
        "Choose everybody, or no other neighbourhood."
    )


class OutsideQuarter(Refused):
    """A street that the plan of the quarter does not hold."""

    sentence = _("One of the streets is not in this neighbourhood. Choose again.")


class NotAtWork(Refused):
    """A partnership that is not active receives no messages."""

    sentence = _("One of the neighbourhoods you chose receives no messages at the moment. Choose again.")


class NotForBundle(Refused):
    """What is urgent or answers an earlier message does not wait for the infoflash (R134)."""

    sentence = _("This kind of message does not wait for a digest. Offer it for release by itself.")


class GoesItsOwnWay(Refused):
    """A digest goes to everybody, and when it is its day."""

    sentence = _(
        "What goes to a part of the neighbourhood, or at a set hour, does not wait for a digest. "
        "Offer it for release by itself."
    )


class TooLongForBundle(Refused):
    """A gathered message has to fit into the infoflash."""

    sentence = _("Shorten the text by %(over)s characters: it does not fit into a digest.")


class WrongModel(Refused):
    """A decision model names what does not exist, or has too many rules."""

    sentence = _("One of the rules cannot be read. Reload the page and choose again.")


class WrongZoneText(Refused):
    """A sentence or title of a zone cannot be kept; ``faults`` say what is wrong in which language."""

    sentence = _("This text cannot be kept yet. Change what is marked.")

    def __init__(self, faults: Sequence[SentenceFault]) -> None:
        super().__init__()
        self.faults = faults


class OwnZoneText(Refused):
    """Who wrote a text of the zone does not release it (T1)."""

    sentence = _("You wrote this yourself. A colleague puts it into use.")


class NoAdvice(Refused):
    """An advice without words helps nobody."""

    sentence = _("Write what you advise.")


class Overtaken(WrongState):
    """Somebody else was first (F26)."""

    sentence = _("%(name)s was first: this message is already “%(state)s”. Reload the page to see where it stands.")
