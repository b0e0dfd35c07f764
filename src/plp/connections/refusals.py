"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class TooLong(Refused):
    """A token without end, or one that lives for too long."""

    sentence = _("A token lives for a year at most. Choose an earlier day.")


class NothingChosen(Refused):
    """Nothing to read."""

    sentence = _("Choose at least one thing.")


class OverAlready(Refused):
    """The token was ended before."""

    sentence = _("This was ended already.")
