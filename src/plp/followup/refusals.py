"""What can stand in the way in this room, each in one sentence that says how to go on."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class NobodyAnswers(Refused):
    """No police are appointed who could answer."""

    sentence = _("Nobody of the police can answer here yet. Ask the chief of corps of your zone who will.")


class HeldWords(Refused):
    """The message check holds the words (R71-R74)."""

    sentence = _("The message check holds these words: “%(words)s”. Change them, then send again.")


class BadDay(Refused):
    """A term outside what one may ask (R52)."""

    sentence = _("Choose a day from tomorrow on, and within sixty days.")


class NotPast(Refused):
    """An explanation is about a day that was."""

    sentence = _("Choose a day of the past year, or today.")


class TrialUnderWay(Refused):
    """One test at a time (R131)."""

    sentence = _("A test message is already under way here. Release it, or drop it, before you write another.")
