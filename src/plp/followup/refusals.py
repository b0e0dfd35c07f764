"""What can stand in the way in this room, each in one sentence that says how to go on."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class NobodyAnswers(Refused):
    """No police are appointed who could answer."""

    sentence = _("Nobody at the police can answer here yet. Ask the chief of corps of your zone who will.")


class BadRequestDay(Refused):
    """A term outside what one may ask (R52)."""

    sentence = _("Choose a day from tomorrow on, and within sixty days.")
    field = "due_on"


class NotPast(Refused):
    """An explanation is about a day that was."""

    sentence = _("Choose a day of the past year, or today.")


class TrialUnderWay(Refused):
    """One test at a time (R131)."""

    sentence = _("A test message is already under way here. Release it, or drop it, before you write another.")


class BadMoment(Refused):
    """A meeting that lies behind, too far ahead, or ends before it begins."""

    sentence = _("Choose a moment that is to come, within a year. The meeting ends after it begins, the same day.")


class TooManyPoints(Refused):
    """An agenda of nothing, or one that nobody gets through."""

    sentence = _("Write one to %(most)d points, each on a line of its own.")


class NotYetHeld(Refused):
    """What was said is written down once the meeting has begun."""

    sentence = _("The meeting has not begun yet. Write the notes when it is held.")


class NothingSaid(Refused):
    """Minutes need notes."""

    sentence = _("Write at least one sentence of notes before you close the minutes.")


class BadActivityDay(Refused):
    """An activity with a day that lies behind or out of sight."""

    sentence = _("Choose a day from today on, and within two years.")


class NotExchanged(Refused):
    """Only what was released to the coordinator can be rated."""

    sentence = _("This message has not left the police yet. Rate it once it has been passed on.")


class RatingAlreadyAnswered(Refused):
    """An answer belongs to the words that it answers."""

    sentence = _("The coordinator has answered. What was said stays as it is.")


class BadRatingPeriod(Refused):
    """A period that is not over, or is upside down."""

    sentence = _("Choose a first day and a later last day, not after today, at most a year apart.")


class BadMonth(Refused):
    """Numbers of a month that has not begun, or is long past."""

    sentence = _("Choose this month or one of the past five years.")


class NoWay(Refused):
    """A telephone number or an address that cannot be one."""

    sentence = _("This is not a telephone number or an e-mail address. Correct it, or leave it blank.")


class BadLink(Refused):
    """A link that is not the address of a page."""

    sentence = _("Write the whole address of the page, with https:// in front.")


class EmptyNewsletter(Refused):
    """A newsletter without a rubric."""

    sentence = _("Write something in at least one section, in at least one language.")


class PlanEndsFirst(Refused):
    """A plan upside down."""

    sentence = _("The plan ends before it begins. Correct one of the two days.")
