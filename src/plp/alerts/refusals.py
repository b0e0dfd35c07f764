"""Why an official alert becomes no draft, each in one sentence that says how to go on."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class TooLarge(Refused):
    """No official alert is that large."""

    sentence = _("This file is larger than 1 MB. An official alert is smaller: choose another file.")


class Unsafe(Refused):
    """It declares a document type or entities, or an encoding of its own: what attacks are made of."""

    sentence = _("This file contains declarations that no official alert needs. It was not read. Ask the sender.")


class NotXml(Refused):
    """It cannot be read as XML, or goes deeper or wider than an alert does."""

    sentence = _("This file is not readable XML. Ask the sender for the alert as a CAP file.")


class NotCap(Refused):
    """XML, but no alert."""

    sentence = _("This file is not an alert in the format CAP. Ask the sender for the alert as a CAP file.")


class OldVersion(Refused):
    """CAP 1.0."""

    sentence = _("This alert is in CAP %(version)s. Only CAP 1.1 and 1.2 are read: ask the sender for CAP 1.2.")


class Faulty(Refused):
    """A part that CAP demands is missing, or says what CAP does not know."""

    sentence = _("This alert is not valid: the part “%(part)s” is missing or wrong. Ask the sender for a right one.")


class NotActual(Refused):
    """An exercise, a test, a draft."""

    sentence = _("This alert is marked “%(status)s”: it is not real. Nothing was drafted.")


class NotPublic(Refused):
    """Not meant for everybody."""

    sentence = _("This alert is not meant for the public. Nothing was drafted.")


class NotAnAlert(Refused):
    """An acknowledgement or an error message between machines."""

    sentence = _("This file is a message between machines (“%(kind)s”), not an alert. Nothing was drafted.")


class NothingSaid(Refused):
    """No information block."""

    sentence = _("This alert says nothing: it has no text. Ask the sender for the whole alert.")


class NoLanguage(Refused):
    """No text in a language of the members."""

    sentence = _("This alert has no text in French, Dutch, German or English. Write the message yourself.")


class Ended(Refused):
    """Over."""

    sentence = _("This alert has already ended. Nothing was drafted.")


class NotExpected(Refused):
    """The sender thinks it unlikely, or part of it is over and the rest unlikely."""

    sentence = _("The sender does not expect this event, or says that it is over. Nothing was drafted.")


class NowhereHere(Refused):
    """Its area touches no quarter, or it names none that we can place."""

    sentence = _(
        "The area of this alert touches no partnership that you write for. Choose the neighbourhoods yourself."
    )


class NothingToCancel(Refused):
    """It cancels what was never read here."""

    sentence = _("This alert cancels an alert that was not read here. Nothing has to be done.")


class AlreadyRead(Refused):
    """The same alert once more."""

    sentence = _("This alert has been read before. Its drafts are on the page of official alerts.")


class NotPublishable(Refused):
    """Only a relayed calamity is published."""

    sentence = _("Only a disaster message that was sent to the members can be published for everybody.")


class AlreadyPublished(Refused):
    """Published once is published."""

    sentence = _("This message is already published. Stop it or correct it if it is no longer valid.")
