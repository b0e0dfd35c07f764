"""docs/doors.md: each page that it names stands behind its door of the menu, for that role."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from plp.mandates.grants import GRANTS, Role
from plp.portal.shell.offers import menu_sections

PAGE = (Path(__file__).parents[3] / "docs" / "doors.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NOWHERE = "nowhere: not for this role"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OFFICER, Role.MUNICIPALITY])
def test_each_page_stands_behind_its_door(role: Role) -> None:
    part = PAGE.partition(f"(`{role.value}`)\n")[2].partition("\n## ")[0].partition("|---|---|---|")[2]
    named = [(door, page) for door, page in ROW.findall(part) if page != NOWHERE]

    with translation.override("en"):
        doors = {str(one.label): {str(entry.label) for entry in pages} for one, pages in menu_sections(GRANTS[role])}

    assert len(named) >= 19
    assert [(door, page) for door, page in named if page not in doors.get(door, set())] == []
