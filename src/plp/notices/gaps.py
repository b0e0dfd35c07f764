"""What is still to be filled in stands between square brackets; a message with such a gap does not leave."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.composer import open_slot_text
from plp.wording.catalogue.reader import slot_labels

EARLIER = Path(__file__).with_name("earlier_gaps.txt")  # of the templates before the catalogue: drafts may hold them
GAP = re.compile(r"\[[^\[\]\n]+\]")


@cache
def _known_gaps() -> frozenset[str]:
    """Every gap of the catalogue and of the templates before it, in all languages."""
    slots = {open_slot_text(slot_type, language) for slot_type in slot_labels() for language in LANGUAGES}
    return frozenset(slots | set(EARLIER.read_text(encoding="utf-8").splitlines()))


def unfilled_gaps(texts: Mapping[str, tuple[str, str, str]]) -> list[str]:
    """The places that were not filled in, each once. Other square brackets are nobody's gap."""
    gaps = (gap for words in texts.values() for part in words for gap in GAP.findall(part))
    return [gap for gap in dict.fromkeys(gaps) if gap in _known_gaps()]


def first_unfilled_gap(texts: Mapping[str, tuple[str, str, str]]) -> str:
    """The first place that was not filled in, that of the reader's language before others, or nothing."""
    order = sorted(texts, key=lambda language: language != get_language())
    return next(iter(unfilled_gaps({language: texts[language] for language in order})), "")
