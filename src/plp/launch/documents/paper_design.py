"""How the papers of a partnership look: its name, its partners, whom they speak to, the day of its evening."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.documents.designs import Design, Theme
from plp.documents.identity import Identity, Partner
from plp.launch.documents.area_map import quarter_map_as_svg
from plp.launch.documents.placeholder_values import PartnershipData, upcoming_evening
from plp.launch.models import PaperLook
from plp.launch.queries.paper_looks import named_authorities, paper_looks_by_path, zone_paper_colours_or_default
from plp.partnership.signs import NAMES
from plp.toolbox.clock import local

TRADERS = Theme(scene="shopping_street", people="traders", night="night_shop")


def paper_design_of_partnership(data: PartnershipData, language: str, *others: str) -> Design:
    """The look of the papers of a partnership in ``language``: what ``quarter_map_as_svg`` asks, and one query more.

    A sign that bears ``others``, too, has the name in each.
    """
    partnership, evening = data.partnership, upcoming_evening(data)
    looks = paper_looks_by_path([*data.municipalities, *filter(None, [data.zone])])
    with override(language):
        identity = Identity(
            name=" · ".join(dict.fromkeys(map(partnership.name, (language, *others)))),
            kind=NAMES[partnership.kind][language],
            partners=_letterhead_partners(data, looks, language),
            colours=zone_paper_colours_or_default(data.zone, looks),
        )
        map_words = _("Map of %s") % identity.name
    return Design(
        identity,
        theme=Theme() if partnership.kind == "plp" else TRADERS,
        area_map=quarter_map_as_svg(partnership.area, language, identity.colours),
        map_words=map_words,
        day=local(evening.starts_at) if evening else None,
    )


def _letterhead_partners(data: PartnershipData, looks: Mapping[str, PaperLook], language: str) -> tuple[Partner, ...]:
    """The municipalities and the police zone, by name, each with the logo that it gave."""
    named = named_authorities(data.municipalities, data.zone, language)
    return tuple(Partner(name, _logo_bytes(looks.get(area.path))) for area, name in named)


def _logo_bytes(look: PaperLook | None) -> bytes | None:
    return bytes(look.logo) if look and look.logo else None
