"""Why something cannot be done with a quarter or the register, in plain words."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class BadKey(Refused):
    """The short name of a quarter becomes part of its path and is for ever."""

    sentence = _("A short name has at most 40 small letters, digits and hyphens, for example haren-north.")
    field = "key"


class KeyTaken(Refused):
    """There is already a quarter of this short name here."""

    sentence = _("There is already a neighbourhood with this short name here. Choose another.")
    field = "key"


class BadName(Refused):
    """A quarter is named in at least one language of the country, in printable characters."""

    sentence = _("Give the neighbourhood a name of at most 200 ordinary characters in French, Dutch or German.")
    field = "key"


class OutsideParent(Refused):
    """A street lies outside the municipality or zone around the quarter."""

    sentence = _("A street lies outside the municipality or police zone of this neighbourhood. Remove it.")


class BadSelector(Refused):
    """A side, a number range or a box range makes no sense."""

    sentence = _("A number range is not clear. Write for example from 2 to 48B, and choose all, odd or even numbers.")


class BadBoundary(Refused):
    """The drawn line is not one closed shape in Belgium."""

    sentence = _("The drawn line must be a closed shape in Belgium that does not cross itself. Draw it again.")
    field = "corners"


class NothingCovered(Refused):
    """A quarter needs a street or a boundary."""

    sentence = _("Choose at least one street, or draw the outline of the neighbourhood.")
    field = "corners"


class NotAQuarter(Refused):
    """Only a quarter that still stands is drawn."""

    sentence = _("This neighbourhood no longer exists on its own. Reload the page to see where it went.")


class AlreadyDrawn(Refused):
    """The quarter was drawn before: only a redrawing may replace that."""

    sentence = _("This neighbourhood has already been drawn. Open it to change its streets.")


class CannotMerge(Refused):
    """Only two different quarters of the same municipality or zone, neither merged before, become one."""

    sentence = _("Only two neighbourhoods of the same municipality or police zone can become one.")


class UnknownMunicipality(Refused):
    """No municipality has or had this NIS code."""

    sentence = _("No municipality has the NIS code %(nis)s. A code has five digits, such as 21004 for Brussels.")


class UnknownZone(Refused):
    """No police zone is called so."""

    sentence = _("No police zone is called %(zone)s. Give its name, for example Pays de Herve, or its official number.")


class MistypedZone(UnknownZone):
    """No police zone is called so, but some are nearly."""

    sentence = _("No police zone is called %(zone)s. Did you mean: %(names)s?")
