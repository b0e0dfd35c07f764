"""Why a meeting, a vote or its minutes cannot go on, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class MeetingInThePast(Refused):
    """The meeting would begin before now."""

    sentence = _("This date is past. Choose a date and an hour that are still to come.")


class TaskInThePast(Refused):
    """A volunteer is asked for something by a day that is over."""

    sentence = _("This day is past. Choose a day that is still to come.")
    field = "until"


class MeetingEndsFirst(Refused):
    """The meeting would end before it begins."""

    sentence = _("The meeting would end before it begins. Change one of the two hours.")


class MeetingTooLong(Refused):
    """The meeting would last longer than half a day."""

    sentence = _("A meeting of more than twelve hours cannot be. Look at the two hours again.")


class MeetingPlaceMissing(Refused):
    """Nobody can come to a meeting without place."""

    sentence = _("Write where the meeting is: the place, and its street with number.")


class MeetingLanguageMissing(Refused):
    """A meeting is held in one language at least."""

    sentence = _("Choose at least one language for the meeting.")


class PointsMissing(Refused):
    """Points of the founding text are not on the agenda, or were not treated. ``details``: ``points`` in words."""

    sentence = _("These points are still missing: %(points)s. Discuss and tick each of them first.")


class DoorsTooEarly(Refused):
    """The doors open in the twelve hours before it begins."""

    sentence = _("The meeting is still to come. It can be opened in the twelve hours before it begins.")


class VotesOpen(Refused):
    """A meeting does not end in the middle of a vote."""

    sentence = _("A vote is still open. Close it first, or the votes are lost.")


class QuestionEmpty(Refused):
    """A vote without words, or on a person without a name or a function."""

    sentence = _("Write what the meeting decides on. For a person: the name and the function.")


class ApprovalAskedAlready(Refused):
    """The partnership is approved in one vote."""

    sentence = _("This meeting already has a vote on the partnership and its objectives.")


class CodeHasVoted(Refused):
    """A code votes once on each question."""

    sentence = _("This code has already voted on: %(question)s. Your first vote counts, this one does not.")
    field = "codes"


class UnknownBallotCode(Refused):
    """A code that this meeting did not give out. One answer for all that is wrong with it."""

    sentence = _("This code is not valid here. Type the nine letters and digits as they are on your ballot.")
    field = "codes"


class VoteClosed(Refused):
    """The vote is not open (any more)."""

    sentence = _("This vote is not open. Nothing was counted. Look at the screen in the room.")


class ChoiceMissing(Refused):
    """A ballot without a choice."""

    sentence = _("Choose yes, no or abstain. Nothing was counted yet.")


class LinkTaken(Refused):
    """A link at the door gives one code, to the first who takes it."""

    sentence = _("This code has been taken already. Ask at the door for a new one.")


class CodesRefused(Refused):
    """Ballots on paper whose codes are unknown or have voted. ``details``: ``codes``."""

    sentence = _(
        "These codes are unknown or have already voted: %(codes)s. Set their ballots aside. Nothing was entered."
    )


class CodesAndBallotsDiffer(Refused):
    """Not as many codes as ballots. ``details``: ``votes``, ``codes``."""

    sentence = _("You counted %(votes)d votes on paper, but %(codes)d codes. Both must be the same. Count again.")


class MoreVotesThanPeople(Refused):
    """More votes than people in the room. ``details``: ``votes``, ``people``."""

    sentence = _("Votes: %(votes)d. Noted as present: %(people)d. Note who is present first.")


class TooManyVotes(Refused):
    """A number that cannot be."""

    sentence = _("This number is too high for a meeting. Look at it again.")


class WordsMissing(Refused):
    """An empty text."""

    sentence = _("Write something first. Nothing was saved.")


class TooManySlips(Refused):
    """More ballots than one meeting can need."""

    sentence = _("One meeting gets at most 2,000 codes, and at most 300 in one go.")


class TooManyLettersToday(Refused):
    """So many letters of one kind to everybody in a day would be a flood (T39)."""

    sentence = _("Everybody got two such messages in the past 24 hours. Wait until tomorrow with the next one.")


class MeetingFull(Refused):
    """More notes than a meeting can bring: somebody plays a game."""

    sentence = _("This meeting has had too many notes. Speak to the people who lead it.")


class RepliesClosed(Refused):
    """An answer to an invitation, before anybody is invited or after the meeting."""

    sentence = _("This meeting is over or does not take place. Nobody can answer any more.")


class OwnMinutes(Refused):
    """Whoever changed the minutes last cannot approve them."""

    sentence = _("Somebody else approves these minutes: you changed them last.")


class MinutesUntranslated(Refused):
    """A text of the minutes lacks in a language, and nobody said that they know."""

    sentence = _(
        "Some texts are not in every language of the partnership. Translate them, or say that they stay as they are."
    )


class MinutesChanged(Refused):
    """The minutes are not those that were read."""

    sentence = _("The minutes have changed since you read them. Read them again before you approve them.")
