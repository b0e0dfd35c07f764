"""What is wrong with a text that somebody wrote for a document."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class UnknownPlace(Refused):
    """The text names a place for which there is no value, so it could never be filled."""

    sentence = _(
        "The text asks for {%(place)s}, which does not exist. Correct the word between the braces, or remove it."
    )


class WrongVariant(Refused):
    """A part for one kind of partnership is not closed, closed twice, or meant for an unknown kind."""

    sentence = _(
        "Line %(line)s: a part for one kind of partnership begins with “::: only plp_i” and ends with “:::”. "
        "The kinds are plp, plp_i and sectoral."
    )
