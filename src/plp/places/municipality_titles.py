"""What a municipality is called on papers, in the language of the reader: ``Ville d’Ath``, ``Stad Halle``."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.places.gazetteer import nis_codes_of_cities
from plp.places.models import Area

FRENCH_ARTICLES = ((re.compile(r"\bde Le "), "du "), (re.compile(r"\bde Les "), "des "))
BEFORE_VOWEL = re.compile(r"\bde (?=[AEIOUYŒÀÂÉÈÊÎÔ])")


def municipality_title(area: Area, language: str) -> str:
    """``area``, a municipality, with what it is: a city where it bears that title, else a municipality."""
    with override(language):
        title = _("City of %s") if area.nis in nis_codes_of_cities() else _("Municipality of %s")
        return _contract_french_article(title % area.name(language))


def _contract_french_article(words: str) -> str:
    """``words`` with the French article as it is said: ``Commune d’Amay``, ``Ville du Roeulx``."""
    for article, contracted in FRENCH_ARTICLES:
        words = article.sub(contracted, words)
    return BEFORE_VOWEL.sub("d’", words)
