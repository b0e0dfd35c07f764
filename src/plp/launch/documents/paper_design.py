"""How the papers of a partnership look: its name, its partners, whom they speak to, the day of its evening."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.documents.designs import Design, Theme
from plp.documents.identity import Identity, Partner
from plp.launch.documents import terms
from plp.launch.documents.area_map import area_map
from plp.launch.documents.place_values import PartnershipData, upcoming_evening
from plp.toolbox.clock import local

FRENCH_ARTICLES = ((re.compile(r"\bde Le "), "du "), (re.compile(r"\bde Les "), "des "))
BEFORE_VOWEL = re.compile(r"\bde (?=[AEIOUYÀÂÉÈÊÎÔ])")
TRADERS = Theme(scene="shopping_street", people="traders")


def paper_design(data: PartnershipData, language: str) -> Design:
    """The look of the papers of a partnership in ``language``: what ``area_map`` asks, and nothing else."""
    partnership, evening = data.partnership, upcoming_evening(data)
    with override(language):
        identity = Identity(
            name=partnership.name(language),
            kind=terms.NAMES[partnership.kind][language],
            partners=_partners(data, language),
        )
        map_words = _("Map of %s") % identity.name
    return Design(
        identity,
        theme=TRADERS if partnership.kind == "plp_i" else Theme(),
        area_map=area_map(partnership.area, language, identity.colours),
        map_words=map_words,
        day=local(evening.starts_at) if evening else None,
    )


def _partners(data: PartnershipData, language: str) -> tuple[Partner, ...]:
    """The municipalities and the police zone, by name."""
    names = [_of_place(_("Municipality of %s") % area.shown(language)) for area in data.municipalities]
    zone = [_("Police zone %s") % data.zone.name(language)] if data.zone else []
    return tuple(Partner(name) for name in (*names, *zone))


def _of_place(words: str) -> str:
    """``words`` with the French article as it is said: ``Commune d’Ath``, ``Commune du Rœulx``."""
    for article, contracted in FRENCH_ARTICLES:
        words = article.sub(contracted, words)
    return BEFORE_VOWEL.sub("d’", words)
