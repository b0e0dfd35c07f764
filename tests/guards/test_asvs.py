"""Every requirement of ASVS 5.0 that applies has its line, and what the line names exists (G26)."""

from collections import Counter

from proof.proofs.asvs import BELOW_THREE, OF_THREE, is_evidence_present, parse_requirement_rows
from tests.guards.tree import ROOT


def test_every_requirement_is_shown_by_something_that_exists() -> None:
    found = parse_requirement_rows((ROOT / "docs" / "asvs.md").read_text(encoding="utf-8"))

    assert [row.number for row in found if not is_evidence_present(row.shown, ROOT)] == []
    assert Counter(row.level == 3 for row in found) == {False: BELOW_THREE, True: OF_THREE}
    assert len({row.number for row in found}) == len(found)


def test_what_does_not_exist_is_found() -> None:
    assert not is_evidence_present("`guards/test_asvs.py::test_nobody_wrote`", ROOT)
    assert not is_evidence_present("proof `of_nothing`", ROOT)
    assert not is_evidence_present("[nothing](security.md#nothing)", ROOT)
    assert not is_evidence_present("somewhere", ROOT)
