"""Sentences of a message are put in order with the mouse and with the arrow keys."""

import pytest
from django.urls import reverse

from plp.notices import actions as notices
from plp.notices.models import Notice
from tests.browser.conftest import Opened
from tests.browser.test_exchange import enter
from tests.factories.cast import Cast
from tests.portal.signing import AT, stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_sentence_is_dragged_and_moved_by_keys(monkeypatch: pytest.MonkeyPatch, open_page: Opened) -> None:
    """3 s: a browser, three pages."""
    stop_clock(monkeypatch)
    cast = Cast()
    partnership = cast.here.partnership
    notice = notices.create_notice_draft(
        partnership=partnership, kind="calamity", reason="threat", by=cast.officer, at=AT
    )
    notices.fill_empty_languages_from_catalogue(notice=notice, subject="smoke", by=cast.officer, at=AT)
    officer = enter(open_page(wide=True, language="en"), cast.officer, "en")

    def keys(count: int) -> list[str]:
        rows = Notice.objects.get(pk=notice.pk).composition["sentences"]  # type: ignore[index]
        return [row["sentence"].partition(".")[2] for row in rows[:count]]

    officer.go(reverse("notices:write:compose", args=[notice.pk]))
    rows = officer.page.locator(".sentence")
    with officer.page.expect_navigation():
        rows.nth(2).locator(".sentence-grip").drag_to(rows.nth(0))
    dragged = keys(3)
    with officer.page.expect_navigation():
        rows.nth(0).locator(".sentence-grip").press("ArrowDown")

    assert dragged == ["ventilation", "cloud", "windows"]
    assert keys(3) == ["cloud", "ventilation", "windows"]
