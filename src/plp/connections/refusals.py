"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class TokenTooLong(Refused):
    """A token without end, or one that lives for too long."""

    sentence = _("A token lives for a year at most. Choose an earlier day.")


class NoScopeChosen(Refused):
    """Neither a thing to read nor an event to tell."""

    sentence = _("Choose at least one thing.")


class AddressNotListed(Refused):
    """An address on a host that the operator did not list."""

    sentence = _(
        "This address may not be called. It begins with https:// and a host that whoever runs this machine listed."
    )


class AlreadyEnded(Refused):
    """The token or receiver was ended before."""

    sentence = _("This was ended already.")
