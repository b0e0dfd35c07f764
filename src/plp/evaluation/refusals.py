"""Why something about an evaluation cannot be done, in plain words."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class NotLaunched(Refused):
    """There is nothing to evaluate yet."""

    sentence = _("This partnership was not launched yet. The first evaluation begins with its launch.")


class AlreadyWriting(Refused):
    """One report at a time."""

    sentence = _("A report is already being written. Finish that one first.")


class BadReportPeriod(Refused):
    """A period ends after it began, and not in the future."""

    sentence = _("Choose a last day after %(begins)s and not later than today.")
    field = "until"


class BadEvaluationDay(Refused):
    """An evaluation is due within two years."""

    sentence = _("Choose a day from today on, at most two years from now.")
    field = "due_on"


class ChangedMeanwhile(Refused):
    """Somebody else saved first."""

    sentence = _("Somebody else saved the report while you were writing. Copy your words, reload the page, add them.")


class SectionTooLong(Refused):
    """A section is longer than a report can carry."""

    sentence = _("A part of the report has at most 4000 characters. Make it shorter.")


class BadReportNumber(Refused):
    """A number is negative or beyond reason."""

    sentence = _("Enter whole numbers between 0 and 1 000 000, or leave the field blank.")


class ReportIncomplete(Refused):
    """A part was not written."""

    sentence = _("Still to be written: %(missing)s.")


class PeriodNotOver(Refused):
    """The last day of the period is not over."""

    sentence = _("The period is not over yet. The figures can be frozen from the day after its last day.")


class NotYourSlot(Refused):
    """Only the coordinator and the mandated officer sign, each for their own office."""

    sentence = _("Only the coordinator and the mandated police officer sign, each for their own office.")


class ReportProofMissing(Refused):
    """The proof of identity is older than five minutes."""

    sentence = _("Prove once more that it is you: the proof is older than five minutes. Nothing was signed.")


class OtherFilesThanShown(Refused):
    """The frozen files are not those that were shown."""

    sentence = _("The report changed since you opened it. Read it again, then sign.")


class ReportAlreadySigned(Refused):
    """Each office signs once."""

    sentence = _("This office has already signed.")


class MemberSurveyRunning(Refused):
    """One survey at a time."""

    sentence = _("A survey is already running. Close it before you open another.")


class BadMemberSurveyEnd(Refused):
    """A survey lasts from today to a day at most half a year ahead."""

    sentence = _("Choose a last day between today and half a year from now.")
    field = "last_day"


class BadCopies(Refused):
    """A form for nobody, or for more people than a partnership has."""

    sentence = _("Print at least 5 and at most 2000 forms: fewer answers are never shown.")
    field = "copies"


class UnknownFormCode(Refused):
    """No form has this code."""

    sentence = _("We do not know this code. Type the nine letters and digits as they are on the form.")
    field = "code"


class FormHasBeenCounted(Refused):
    """One answer a form."""

    sentence = _("This code has already been used. Each form counts once. Nothing was counted twice.")
    field = "code"


class MemberSurveyOver(Refused):
    """It was closed, or its last day is over."""

    sentence = _("This survey is over. Your answer can no longer be counted.")
    field = "code"


class MemberSurveyIncomplete(Refused):
    """A question was left open."""

    sentence = _("Choose one answer to each question.")


class BadTarget(Refused):
    """A target beyond reason, or of something that nobody measures."""

    sentence = _("Enter a whole number between 0 and 100 000.")


class BadTargetDay(Refused):
    """A target is for a day to come."""

    sentence = _("Choose a day from today on, at most six years from now, or leave the field blank.")
    field = "due_on"


class BadTaskDay(Refused):
    """A task has a day to come."""

    sentence = _("Choose a day from today on, at most two years from now.")
    field = "due_on"
