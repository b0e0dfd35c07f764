"""The firm of a row of a list: its name, its enterprise number, its sector as people write them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plp.firms.rules import BadEnterpriseNumber, BadFirmName, clean_enterprise_number, clean_firm_name
from plp.firms.states import Sector
from plp.membership.firms import FirmEntry
from plp.membership.lists.columns import Field
from plp.places.rules import fold
from plp.toolbox.texts import LANGUAGES

BAD_SECTOR = format_lazy(
    "{} {}.",
    _("Write the sector as one of these:"),
    format_lazy("; ".join(["{}"] * len(Sector)), *(sector.label for sector in Sector)),
)


def parse_firm_cells(cells: Mapping[str, str], left_out: list[tuple[Any, str]]) -> FirmEntry | None:
    """The firm that a row names; ``None`` without one, or where one of its three cells cannot be read: that is said."""
    name, number, sector = (cells.get(field, "") for field in (Field.FIRM, Field.ENTERPRISE, Field.SECTOR))
    if not (name or number):
        return None
    sector_key = sector_keys_by_folded_words().get(fold(sector), "")
    try:
        entry = FirmEntry(clean_firm_name(name), clean_enterprise_number(number), sector_key)
    except (BadFirmName, BadEnterpriseNumber) as refused:
        left_out.append((refused.sentence, " ".join(filter(None, (name, number)))))
        return None
    if not sector_key:
        left_out.append((BAD_SECTOR, " ".join(filter(None, (name, sector)))))
        return None
    return entry


@cache
def sector_keys_by_folded_words() -> dict[str, str]:
    """The key of each sector by its words in every language, also by each of them alone: "Restaurant", "café"."""
    keys: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for sector in Sector:
                label = str(sector.label)
                keys |= dict.fromkeys((fold(words) for words in label.split(",")), sector.value) | {
                    fold(label): sector.value
                }
    return keys
