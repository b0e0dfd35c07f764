"""Why a file is not read, whatever it should have held."""

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused


class TooHeavy(Refused):
    """Reading it took more memory, time or room than one file may."""

    sentence = _(
        "Reading this file takes more memory or time than one file may take. Save it again with only what is needed, "
        "or choose another file."
    )


class NotReadNow(Refused):
    """Others are being read, or the machine starts no process: nothing is said of the file itself."""

    sentence = _("Files cannot be read at this moment. Wait a minute, then send yours again.")
