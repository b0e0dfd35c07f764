"""The clauses of a charter and of internal rules as data, and our words for each (R82, R88, R90, R98, R144-R146).

Stored keys are for ever. A partnership of the self-employed or of a sector has other words where ``OTHERWISE`` says so:
``texts`` of the name ``<key>_<kind>``. The first line of a text is its title.
"""

from pathlib import Path

from plp.partnership.signs import NAMES, SIGNS
from plp.toolbox.texts import text

TEXTS = Path(__file__).parent / "texts" / "clauses"
OWN = "own-"  # beginning of the keys of clauses that the partners added themselves

KEYS: dict[str, tuple[str, ...]] = {
    "charter": (
        "object",
        "law",
        "partners",
        "area",
        "objectives",
        "coordinator",
        "officer",
        "municipality",
        "members",
        "communication",
        "financing",
        "privacy",
        "evaluation",
        "measures",
        "amendment",
        "duration",
    ),
    "rules": (
        "rules-what",
        "rules-not",
        "rules-joining",
        "rules-members",
        "rules-law",
        "rules-privacy",
        "rules-coordinator",
        "rules-messages",
        "rules-money",
        "rules-measures",
        "rules-leaving",
        "rules-changes",
    ),
}
OTHERWISE = {("object", "plp_i"), ("object", "sectoral"), ("partners", "plp_i"), ("partners", "sectoral")}


def standard_clause_title_and_text(key: str, kind: str, language: str, **places: str) -> tuple[str, str]:
    """Title and text of the clause ``key`` for a partnership of ``kind``. Raises ``TextMissing``."""
    name = f"{key}_{kind}" if (key, kind) in OTHERWISE else key
    of_kind = {"sign": SIGNS[kind][language], "plp_name": NAMES[kind][language]}
    first, _newline, rest = text(TEXTS, name, language, **of_kind, **places).partition("\n")
    return first.removeprefix("# ").strip(), rest.strip()


def is_required_clause(key: str) -> bool:
    """Whether the clause belongs to every charter, so that it cannot be taken out."""
    return not key.startswith(OWN)
