"""Names as people type them: without accents, capitals and full words."""

from plp.toolbox.words import fold
from plp.wording.disguise import is_undisguised

SHORT = {
    "al": "allee",
    "av": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "boul": "boulevard",
    "ch": "chaussee",
    "chee": "chaussee",
    "imp": "impasse",
    "pl": "place",
    "r": "rue",
    "rte": "route",
    "sq": "square",
}
ENDINGS = {"str": "straat", "stwg": "steenweg", "stw": "steenweg", "pln": "plein", "ln": "laan"}


def is_printable_and_undisguised(text: str) -> bool:
    """Whether a name is printable, without control, bidirectional mark or line break (T24), in honest letters (T29)."""
    return text.isprintable() and is_undisguised(text)


def spelling_variants(text: str) -> list[str]:
    """The folded forms under which a typed street name may stand: as it is, and with usual short words in full.

    ``av. des Martyrs`` gives ``avenue des martyrs`` too; ``Kerkstr.`` gives ``kerkstraat`` and ``kerkstrasse``.
    """
    folded = fold(text)
    forms = [folded]
    first, _, tail = folded.partition(" ")
    if tail and first in SHORT:
        forms.append(f"{SHORT[first]} {tail}")
    for ending, full in ENDINGS.items():
        if folded.endswith(ending) and folded != ending:
            forms.append(folded[: -len(ending)] + full)
    if folded.endswith("str") and folded != "str":
        forms.append(f"{folded}asse")
    return list(dict.fromkeys(forms))
