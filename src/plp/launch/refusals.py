"""Why an act of a launch is refused, each in a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class TickNotByHand(Refused):
    """A fact that rows tell cannot be ticked (docs/design.md#steps)."""

    sentence = _("This is not ticked by hand. It is done as soon as the act itself is recorded.")


class DayToCome(Refused):
    """A day that is still to come."""

    sentence = _("This day is still to come. Enter the day on which it happened.")


class FutureDay(Refused):
    """What is noted of the groundwork has happened."""

    sentence = _("This day is still to come. Note it once it has been.")


class DayTooEarly(Refused):
    """A day before the partnership began, or before what it follows."""

    sentence = _("This day is too early: it lies before what it follows. Check the year.")


class LaunchTooEarly(Refused):
    """A launch is planned for a day to come."""

    sentence = _("This day is past. Choose the day on which the partnership will begin.")


class ReasonMissing(Refused):
    """An act that cannot be understood later without its reason."""

    sentence = _("Write in one sentence why. It stays on file.")


class StepNotDone(Refused):
    """Only a step that is done can be opened again."""

    sentence = _("This step is not done, so it need not be opened again.")


class StepAlreadyOpen(Refused):
    """The step is open again already."""

    sentence = _("This step is already open again.")


class FactsMissing(Refused):
    """A launch lacks facts. ``details``: the sentences of what is missing, joined."""

    sentence = _("The partnership cannot be launched yet. %(missing)s")


class AuthorityObjects(Refused):
    """An authority advises against the partnership."""

    sentence = _("An authority advised against it. Talk again and record the outcome, before you go on.")


class DossierIncomplete(Refused):
    """The file to FPS Interior lacks the signed charter or the signed internal rules (R96)."""

    sentence = _("The file is not complete: the charter and the internal rules must be signed first.")


class RemarksMissing(Refused):
    """A file that came back has remarks."""

    sentence = _("Write down what FPS Interior remarked, so that it can be corrected.")


class ReferenceMissing(Refused):
    """A validation has the reference of its letter."""

    sentence = _("Enter the reference of the letter of FPS Interior.")


class PublicationProofMissing(Refused):
    """A publication needs a proof."""

    sentence = _("Say where it can be read: the address of the page, or the number and page of the paper.")


class BadSignCount(Refused):
    """A number of signs or stickers that cannot be."""

    sentence = _("Enter a number from 1 to 5000.")


class RoadManagerMissing(Refused):
    """A sign at a road needs the consent of whoever manages the road (R147)."""

    sentence = _("A sign on the road needs the consent of the road authority. Say who that is.")


class ConfirmationNotDue(Refused):
    """A confirmation for a year is possible for an active or resting partnership alone."""

    sentence = _("Only a launched partnership is confirmed.")


class ScanUnreadable(Refused):
    """A scan that was kept cannot be read, or there are too many pages."""

    sentence = _(
        "The paper “%(title)s” cannot be put into one PDF with the others. Download the zip: it holds each paper as it "
        "is."
    )


class NotAwaited(Refused):
    """Nothing is waited for from this office at this step any more."""

    sentence = _("Nothing is waited for from this office any more. Reload the page to see where it stands.")


class OfficeReminded(Refused):
    """An office is reminded once of a step."""

    sentence = _("This office was reminded on %(day)s. It is done once: call them if it is urgent.")


class OfficeUnreachable(Refused):
    """Nobody holds the office, or no address of theirs is known."""

    sentence = _("No mail reaches this office: nobody holds it yet, or no address is known. Call the police station.")


class ChangeTooSoon(Refused):
    """Members have time to object before their membership goes along."""

    sentence = _("Choose a day from %(day)s on: members must have two weeks to object.")
    field = "day"


class NothingGoes(Refused):
    """A change takes along a street at least, and leaves one."""

    sentence = _("Choose at least one street that goes, and leave one. To give everything away, merge it.")


class DoorsElsewhere(Refused):
    """What goes along is covered by the quarter that gives it, and by no other."""

    sentence = _("Some of these numbers lie in another neighbourhood: choose the sides or numbers that are yours.")


class NotYourOwnChange(Refused):
    """A second person releases what the first one prepared."""

    sentence = _("A second person releases it: another mandated officer, the supervisor or the chief of corps.")


class CannotUndoChange(Refused):
    """A day has passed, or something hangs on it already."""

    sentence = _(
        "This can no longer be undone: a day has passed, or something was already done in the new partnership. Prepare "
        "a change the other way round."
    )


class QuarterNotFit(Refused):
    """Only partnerships that work are changed, and within one police zone and municipality."""

    sentence = _("Choose an active neighbour of the same municipality, or one that lies over the whole police zone.")
    field = "other"
