"""The name of a partnership with the short word for what it is: *PLP*, in Dutch *BIN*, in German *LPP*."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.partnership.models import Partnership
from plp.places.models import Area


def name_with_short_word(named: Partnership | Area, language: str) -> str:
    """``PLP Haren``, ``BIN Lembeek``, ``LPP Malmedy``."""
    with override(language):
        return _("PLP %s") % named.name(language)
