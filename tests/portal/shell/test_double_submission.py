"""A form that is sent twice is done once (F25)."""

import re

import pytest
from django.test import Client

from plp.notices.models import Notice
from plp.partnership.models import Partnership
from tests.factories.cast import Cast
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Client:
    """An officer's, with tokens in its forms."""
    stop_clock(monkeypatch)
    return signed_in(Cast().officer)


def drawn(browser: Client) -> dict[str, str]:
    """The form of a new message, filled in, as the page drew it."""
    page = browser.get("/police/new/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    quarter = Partnership.objects.get(key="haren").pk
    return {"csrfmiddlewaretoken": token[1], "partnership": str(quarter), "kind": "advice", "reason": "prevention"}


def test_the_same_sending_leads_to_the_same_place_and_does_nothing_more(browser: Client) -> None:
    form = drawn(browser)

    first, second = (browser.post("/police/new/", form).headers["Location"] for _ in range(2))

    assert (first == second, Notice.objects.count()) == (True, 1)


def test_another_drawing_of_the_page_is_another_sending(browser: Client) -> None:
    places = {browser.post("/police/new/", drawn(browser)).headers["Location"] for _ in range(2)}

    assert (len(places), Notice.objects.count()) == (2, 2)


def test_the_same_page_with_other_words_is_another_sending(browser: Client) -> None:
    form = drawn(browser)

    answers = [browser.post("/police/new/", form | {"reason": why}) for why in ("threat", "prevention")]

    assert len({answer.headers["Location"] for answer in answers}) == 2


def test_what_did_not_go_through_may_be_sent_again(browser: Client) -> None:
    form = drawn(browser)

    answers = [browser.post("/police/new/", form | {"kind": ""}).status_code for _ in range(2)]

    assert answers == [200, 200]
