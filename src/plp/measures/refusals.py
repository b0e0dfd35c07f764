"""Why something about a measure cannot be done, in plain words."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class FileOpen(Refused):
    """One file a person and partnership."""

    sentence = _("There is a file about this person already. Go on with that one.")


class NotConcerned(Refused):
    """The person neither belongs nor holds an office there."""

    sentence = _("This person is not in this partnership, or another office decides about them.")


class NotYourStep(Refused):
    """Another office begins or signs this step."""

    sentence = _("Another office takes this step. Open the file again to see whose turn it is.")


class TalkComesFirst(Refused):
    """A ladder is climbed from its foot: the person is heard first."""

    sentence = _("A talk comes first: invite the person, then note whether they came.")


class NoGround(Refused):
    """A measure has a reason, and this one a certain reason."""

    sentence = _(
        "Choose at least one reason. A provisional exclusion needs the serious harm to the partnership among them."
    )


class BadMeasureDay(Refused):
    """A day in the past year."""

    sentence = _("Choose a day of the past year, or today.")


class BadAppealDay(Refused):
    """An appeal is sent after the decision."""

    sentence = _("Choose the day on which the appeal was sent, from %(day)s until today.")


class StepOpen(Refused):
    """One step at a time, and nothing after the last."""

    sentence = _("A step already waits for signatures, or this one was taken. Finish it first.")


class MeasureProofMissing(Refused):
    """The proof of identity is older than five minutes."""

    sentence = _("Prove once more that it is you: the proof is older than five minutes. Nothing was signed.")


class OtherTextThanShown(Refused):
    """What was shown is not what waits for the signature."""

    sentence = _("The letter changed since you opened it. Read it again, then sign.")


class NotYourTurnToDecide(Refused):
    """The offices sign one after the other."""

    sentence = _("Another office signs first. You get a message when it is your turn.")


class OwnWordsTooLong(Refused):
    """What one says is kept short."""

    sentence = _("Write at most 3000 characters.")


class NoOwnWords(Refused):
    """Nothing readable was written."""

    sentence = _("Write something first. Nothing was saved.")


class NoMoreOwnWords(Refused):
    """One text waits, or three came since the last letter."""

    sentence = _(
        "After each letter you can write three times, each time when the last text was read. Is it urgent? Speak with "
        "the mandated police officer."
    )


class OtherWordsThanShown(Refused):
    """What whoever decides can read is not what they saw."""

    sentence = _("What stands on this page has changed since you opened it. Read it again, then decide.")


class WordsUnread(Refused):
    """Whoever decides knows what the person says: first the police read it (ADR 85)."""

    sentence = _("The person wrote something, and the police read it first. You can sign after that.")


class NoAppeal(Refused):
    """Only a final removal can be appealed against, and once."""

    sentence = _("No appeal is possible against this, or one was already noted.")


class AppealTooLate(Refused):
    """Three weeks are over (R101)."""

    sentence = _("The appeal was to be sent by %(day)s at the latest. A later one cannot be noted.")


class StillGoing(Refused):
    """A file is closed when nothing in it waits."""

    sentence = _(
        "Something in this file still waits: what the person says, a signature, a provisional exclusion, an appeal "
        "or its three weeks."
    )
