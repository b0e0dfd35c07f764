"""What can stand in the way of a charter, each in one sentence that says how to go on."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class VersionAtWork(Refused):
    """One version is written at a time."""

    sentence = _("A version is being worked on already. Finish that one first.")


class NoSide(Refused):
    """Only the partners write: municipality, police, and the residents' coordinator and committee (R91)."""

    sentence = _("Only the partners of this charter can do this.")


class ClauseChanged(Refused):
    """Somebody else changed the clause since this page was opened."""

    sentence = _("Somebody changed this clause while you were writing. Read the new text, then save yours again.")


class EmptyClause(Refused):
    """A clause says something in each language of the charter."""

    sentence = _("Write the clause in every language of the charter: none may be empty.")


class NeededClause(Refused):
    """The circular asks for this clause (R98)."""

    sentence = _("This clause is part of every charter. You can change its words, but not remove it.")


class EmptyProposal(Refused):
    """A proposal holds other words or a remark."""

    sentence = _("Write other words for the clause, or a comment.")


class OwnProposal(Refused):
    """Another side accepts a proposal."""

    sentence = _("Your own side made this proposal. Another partner has to accept it.")


class ContactIncomplete(Refused):
    """Contact details need a name, a service and at least one way to be reached."""

    sentence = _("Give a name, a service, and an e-mail address or a telephone number.")


class FinancingContradiction(Refused):
    """The financing plan contradicts itself. ``details``: ``fault``, the words of the first contradiction."""

    sentence = _("%(fault)s")


class CharterIncomplete(Refused):
    """The charter lacks something that must be there before it is signed (R92). ``details``: ``missing``."""

    sentence = _("The charter cannot be signed yet. Still missing: %(missing)s.")


class TextsUntranslated(Refused):
    """A text of the charter or of its annexes lacks in a language, and nobody said that they know."""

    sentence = _(
        "Some texts are not in every language of the partnership. Translate them, or say that they stay as they are."
    )


class NotYourOffice(Refused):
    """One signs in the quality that one holds (R93)."""

    sentence = _("You do not hold this office here, so you cannot sign in its place.")


class NotYourTurnToSign(Refused):
    """The zone signs in a fixed order."""

    sentence = _("Somebody else signs before you. You are told when it is your turn.")


class CharterAlreadySigned(Refused):
    """Each of the four signs once."""

    sentence = _("This signature is already there.")


class CharterProofMissing(Refused):
    """A signature needs fresh proof of who one is."""

    sentence = _("Prove once more who you are, then sign within five minutes.")


class OtherTextThanRead(Refused):
    """The text is not the one that was read."""

    sentence = _("The text has changed since you read it. Read it again before you sign.")


class OwnWitness(Refused):
    """A signature on paper is witnessed by somebody else."""

    sentence = _("You hold this office yourself: sign here in the portal, or let another partner hand in the scan.")


class ScanMissing(Refused):
    """A signature on paper comes with its scan."""

    sentence = _("Choose the scan of the signed page first: a PDF, or a picture (PNG or JPEG).")


class BadScan(Refused):
    """Only a whole PDF, PNG or JPEG is taken, judged by its content."""

    sentence = _("This file is not a PDF, PNG or JPEG. Scan the signed page as a PDF and try again.")


class TooLargeScan(Refused):
    """The scan is larger than one may hand in."""

    sentence = _("This file is larger than %(limit)s MB. Scan the page at 150 dots per inch, or in black and white.")


class BadSigningDate(Refused):
    """Nobody signs before the text is put up, or after today."""

    sentence = _("The date of the signature cannot be before the text was submitted for signature, nor in the future.")


class CircularToCome(Refused):
    """A charter is made under a circular that exists."""

    sentence = _("The date of the circular cannot be in the future.")


class NotAMemberHere(Refused):
    """Internal rules bind the members of their partnership."""

    sentence = _("Only a member of this partnership accepts its internal rules.")


class RulesReplaced(Refused):
    """One accepts the rules that hold."""

    sentence = _(
        "These internal rules are not in force, or no longer. Read those that are in force now, then accept them."
    )


class BadLetterDay(Refused):
    """The letter went out after the change and not after today."""

    sentence = _("The date of the letter cannot be before the change, nor in the future.")


class BadReviewDay(Refused):
    """The charter is looked at again on a day to come."""

    sentence = _("Choose a day after today, at most five years from now.")
    field = "review_on"
