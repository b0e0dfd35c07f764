"""Each requirement of ASVS 5.0 that applies has a test, a proof or a section of a document that exists (G26)."""

import re
from dataclasses import dataclass
from pathlib import Path

from proof.catalogue import PROOFS
from proof.harness.system import ROOT
from proof.result import Figure, ProofRequest, ProofResult

ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([123]) \| (.+?) \| (.+?) \|$", re.MULTILINE)
SHOWN = re.compile(
    r"^(?:`(?P<test>[^`]+::[^`]+)`|proof `(?P<proof>\w+)`|\[[^\]]+\]\((?P<doc>[\w.]+)#(?P<part>[\w-]+)\))$"
)
BELOW_THREE, OF_THREE = 194, 20  # requirements of levels 1 and 2 that apply, and those of level 3 that were chosen


@dataclass(frozen=True)
class Row:
    """One requirement: its number and level, and what shows it."""

    number: str
    level: int
    shown: str

    @property
    def is_shown_by_test_or_proof(self) -> bool:
        """Whether a machine tries it."""
        return not self.shown.startswith("[")


def parse_requirement_rows(document: str) -> list[Row]:
    """The rows of docs/asvs.md."""
    return [Row(number, int(level), shown) for number, level, _words, shown in ROW.findall(document)]


def is_evidence_present(shown: str, root: Path) -> bool:
    """Whether the test, the proof or the section is there."""
    found = SHOWN.match(shown)
    if found is None:
        return False
    if found["test"]:
        file, _, name = found["test"].partition("::")
        path = root / "tests" / file
        return path.is_file() and re.search(rf"^ *def {name}\(", path.read_text("utf-8"), re.MULTILINE) is not None
    if found["proof"]:
        return found["proof"] in {proof.key for proof in PROOFS}
    path = root / "docs" / found["doc"]
    heads = re.findall(r"^##+ (.+)$", path.read_text("utf-8"), re.MULTILINE) if path.is_file() else []
    return found["part"] in {re.sub(r"[^a-z0-9]+", "-", head.lower()).strip("-") for head in heads}


def prove(_ask: ProofRequest) -> ProofResult:
    """Count them: all of them at every size."""
    found = parse_requirement_rows((ROOT / "docs" / "asvs.md").read_text(encoding="utf-8"))
    lower = [row for row in found if row.level < 3]
    missing = [row.number for row in found if not is_evidence_present(row.shown, ROOT)]
    return ProofResult(
        len(found),
        "requirements of ASVS 5.0 looked up",
        (
            Figure("of levels 1 and 2", len(lower), floor=BELOW_THREE, goal=BELOW_THREE, most=False),
            Figure("of level 3", len(found) - len(lower), goal=OF_THREE, most=False),
            Figure("shown by nothing that exists", len(missing), floor=0, goal=0),
            Figure(
                "levels 1 and 2 by a test or a proof",
                round(100 * sum(row.is_shown_by_test_or_proof for row in lower) / len(lower), 1),
                "%",
                floor=70,
                goal=85,
                most=False,
            ),
        ),
        "the rest are ways of writing and running that no machine can try: docs/security.md.",
        details={"missing": missing},
    )
