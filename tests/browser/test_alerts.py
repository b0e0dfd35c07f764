"""An official alert from its file to the members and back, on an officer's old telephone (R125)."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.people.models import Person
from plp.toolbox import clock
from tests.alerts.capfiles import DUTCH, FRENCH, official
from tests.browser.conftest import Opened
from tests.browser.walking import Telephone
from tests.factories.cast import Cast
from tests.factories.notices import describe_notice, submit_and_release

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def relayed(notice: Notice, cast: Cast, at: datetime) -> Notice:
    """Completed by one officer, released by another, passed on by the coordinator."""
    describe_notice(notice, cast, at=at, reason="threat", expires_at=notice.expires_at)
    submit_and_release(notice, cast, at=at)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=at)
    return notice


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_an_alert_is_read_published_and_taken_back_without_javascript(
    open_page: Opened, language: str, tmp_path: Path
) -> None:
    """5 s: ten pages of a real browser."""
    at, cast = clock.now(), Cast()
    Person.objects.filter(pk=cast.officer.pk).update(language=language)
    cast.officer.refresh_from_db()
    infos = tuple(replace(info, expires=at + timedelta(hours=5)) for info in (FRENCH, DUTCH))
    storm, cancel, broken = tmp_path / "storm.cap", tmp_path / "cancel.cap", tmp_path / "broken.cap"
    storm.write_bytes(official(infos=infos))
    cancel.write_bytes(official("storm-9", kind="Cancel", names=("storm-1",), infos=()))
    broken.write_bytes(b"<!DOCTYPE a><a/>")
    officer = Telephone(open_page(script=False, language=language), language)
    officer.enter(cast.officer)

    officer.go("/police/alerts/")
    for file in (broken, storm):
        officer.go("/police/alerts/read/")
        officer.give(file=file)
        officer.press("main button[type=submit]")
    officer.go("/")
    notice = relayed(Notice.objects.get(partnership=cast.here.partnership), cast, at)
    officer.go(f"/police/alerts/publish/{notice.pk}/")
    officer.press("main button[type=submit]")
    officer.go("/police/alerts/read/")
    officer.give(file=cancel)
    officer.press("main button[type=submit]")
    officer.press("main a[href*='/settle/']")
    officer.press("main button[name=stop]")

    notice.refresh_from_db()
    assert (notice.state, officer.poor) == ("retracted", [])
    assert b"<msgType>Cancel" in officer.page.request.get(f"/alerts/{notice.pk}.cap").body()
