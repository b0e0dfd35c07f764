"""What a device of a member may keep."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.places.actions.emergency import set_help_numbers
from tests.factories.cast import NOW, Cast, contact, member
from tests.portal.membership.self_service.test_members import opened, relayed
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db
URL = "/m/messages/kept/"


@pytest.fixture
def browser(cast: Cast) -> Client:
    """A member's, with open settings."""
    contact(member(cast.here.partnership, "Mia Voorbeeld", "nl"), "email", "mia@plp.test")
    return opened()


def test_the_last_messages_come_as_their_reader_sees_them(cast: Cast, browser: Client) -> None:
    relayed(cast)
    area = cast.here.partnership.area
    set_help_numbers(area=area, police="101", help_="112", desk={"nl": "02 788 53 43"}, by=None, at=NOW)

    told = browser.get(URL).json()

    (message,) = told["messages"]
    assert (message["core"], message["language"]) == ("Fermez la porte à clé.", "fr")
    assert message["note"] == "Not written in your language; this is French."
    assert told["desks"] == [{"name": cast.here.partnership.name("nl"), "number": "02 788 53 43"}]
    assert "Voorbeeld" not in browser.get(URL).content.decode()


def test_what_was_taken_back_and_who_is_looked_for_stay_out(cast: Cast, browser: Client) -> None:
    taken_back, looked_for = relayed(cast), relayed(cast)
    notices.retract_notice_everywhere(notice=taken_back, by=cast.officer, at=NOW)
    Notice.objects.filter(pk=looked_for.pk).update(kind="missing_person")

    assert browser.get(URL).json()["messages"] == []


def test_one_message_and_three_take_as_many_questions(cast: Cast, browser: Client) -> None:
    counts = []
    for more in (1, 2):
        for _one in range(more):
            relayed(cast)
        browser.get(URL)
        with CaptureQueriesContext(connection) as caught:
            browser.get(URL)
        counts.append(len(caught))

    assert counts == [7, 7]


def test_nothing_is_kept_for_staff_for_strangers_or_for_the_quarter_next_door(
    cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch)
    relayed(cast)
    contact(member(cast.next_door.partnership, "Leo Nachbar", "fr"), "email", "leo@plp.test")
    other, officer = opened("leo@plp.test"), signed_in(cast.officer)

    assert other.get(URL).json()["messages"] == []
    assert officer.get(URL).status_code == 404
    assert Client().get(URL).url == "/m/?next=%2Fm%2Fmessages%2Fkept%2F"


def test_the_sign_on_the_home_screen_leads_members_to_their_messages_and_others_to_the_first_page(
    cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch)

    ways = [client.get("/app/").url for client in (browser, signed_in(cast.officer), Client())]

    assert ways == ["/m/messages/", "/", "/"]


def test_the_page_offers_it_to_members_alone(cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    officer = signed_in(cast.officer)

    assert "data-device=" in browser.get("/m/messages/").content.decode()
    assert "data-device=" not in officer.get("/m/messages/").content.decode()
