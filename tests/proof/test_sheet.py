"""The command that looks at every page, on two pages of one coordinator."""

from pathlib import Path

import pytest

from plp.ops.environment import find_program
from proof import sheet
from proof.probes import contact_sheet

BROWSER = "chromium-headless-shell"
IS_ABSENT = not find_program(BROWSER)
pytestmark = [
    pytest.mark.crash,
    pytest.mark.any_database,
    pytest.mark.skipif(IS_ABSENT, reason=f"without the program {BROWSER}"),
]


def test_some_pages_of_a_coordinator_are_for_everybody(tmp_path: Path) -> None:
    """Among the slowest: a server, a browser, four ways to show a page."""
    found = sheet.check_chosen_pages(
        tmp_path, roles=["coordinator"], languages=["de"], only=r"^/coordinator/(members/)?$"
    )
    seen = sheet.read_page_views(tmp_path)
    contact_sheet.write_sheet_and_faults(tmp_path, seen)

    assert [one.faults for one in seen] == [[], []]
    assert found.meets_all_floors
    assert len(list(tmp_path.glob("*.webp"))) == 2 * len(sheet.WAYS)
    assert (tmp_path / "sheet-coordinator-de.png").exists()
