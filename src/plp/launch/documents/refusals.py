"""Why a text of the pack is not taken."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class EmptyText(Refused):
    """Nothing is left of the text."""

    sentence = _("The text is empty. Write it, or go back to our text.")


class TextTooLong(Refused):
    """The text is longer than a document can be."""

    sentence = _("The text is too long: at most %(most)s characters. Shorten it.")


class TextUnchanged(Refused):
    """The text is the one that holds already."""

    sentence = _("You have changed nothing, so there is nothing to save.")


class NothingToRestore(Refused):
    """The text is ours already."""

    sentence = _("This text has not been changed, so there is nothing to undo.")
