"""What a screen reader is told on five main pages: roles, names and states, in the order in which they are read.

Rewritten with ``WRITE_NAMES=1``: read the difference before you keep it.
"""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.conftest import Opened
from tests.browser.test_exchange import enter
from tests.factories.cast import Cast
from tests.followup.stage import released
from tests.portal.partnership.test_pages import covered
from tests.portal.signing import AT, stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = Path(__file__).parent / "names"
KINDS = "heading|link|button|textbox|checkbox|radio|combobox|group|status|alert|progressbar"
TOLD = re.compile(rf"^\s*- (?:{KINDS})\b.*", re.MULTILINE)
ADDRESS = re.compile(r"\[[^]]*(?:active|cursor)[^]]*\]|:$")


def told(page: Page) -> str:
    """Every heading, link, button and field of the content, one a line, as the accessibility tree has it."""
    lines = (ADDRESS.sub("", line.strip()).strip() for line in TOLD.findall(page.locator("main").aria_snapshot()))
    return "\n".join(lines) + "\n"


def test_a_screen_reader_is_told_what_the_pages_are(open_page: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    covered(cast)
    notice = released(cast, "advice", AT)
    stranger, desk = open_page(), enter(open_page(), cast.here.coordinator, "en").page
    pages = {
        "join": (stranger, reverse("partnership:join", args=["haren"])),
        "report": (stranger, reverse("sightings:start")),
        "message": (desk, reverse("notices:relay:detail", args=[notice.pk])),
        "relay": (desk, reverse("notices:relay:relay", args=[notice.pk])),
        "form": (desk, reverse("membership:enrolment:form", args=["haren"])),
    }
    found = {}

    for name, (page, address) in pages.items():
        page.goto(address)
        found[name] = told(page)
        if os.environ.get("WRITE_NAMES"):
            (NAMES / f"{name}.txt").write_text(found[name], encoding="utf-8")

    assert found == {name: (NAMES / f"{name}.txt").read_text(encoding="utf-8") for name in pages}
