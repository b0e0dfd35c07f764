"""A browser in which a code was right: known by its own signed cookie for a year, and for nothing else."""

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from plp.portal.shell.known_browsers import SALT, known_browser_number, remember_browser


def browser(cookie: str = "") -> HttpRequest:
    request = HttpRequest()
    request.COOKIES = {settings.KNOWN_COOKIE_NAME: cookie} if cookie else {}
    return request


def after(*boxes: str) -> str:
    """The cookie of a browser in which codes to these addresses were right, one after the other."""
    cookie = ""
    for box in boxes:
        answer = HttpResponse()
        remember_browser(browser(cookie), answer, box)
        cookie = answer.cookies[settings.KNOWN_COOKIE_NAME].value
    return cookie


def test_a_browser_is_known_at_the_addresses_whose_codes_were_right() -> None:
    cookie = after("email:mia@plp.test", "sms:+32475000001")

    assert (
        known_browser_number(browser(cookie), "email:mia@plp.test")
        == known_browser_number(browser(cookie), "sms:+32475000001")
        != ""
    )
    assert known_browser_number(browser(cookie), "email:luc@plp.test") == ""
    assert "plp.test" not in str(signing.loads(cookie, salt=SALT))


def test_the_last_five_addresses_are_kept() -> None:
    cookie = after(*(f"email:m{number}@plp.test" for number in range(6)))

    assert [bool(known_browser_number(browser(cookie), f"email:m{number}@plp.test")) for number in range(6)] == [
        False
    ] + [True] * 5


@pytest.mark.parametrize("cookie", ["", "x", "W10:1x:y", after("email:mia@plp.test")[:-1] + "-"])
def test_nobody_makes_such_a_cookie(cookie: str) -> None:
    assert known_browser_number(browser(cookie), "email:mia@plp.test") == ""


def test_after_a_year_a_browser_is_a_new_one() -> None:
    with time_machine.travel("2026-01-01", tick=False):
        cookie = after("email:mia@plp.test")
    with time_machine.travel("2027-01-02", tick=False):
        assert known_browser_number(browser(cookie), "email:mia@plp.test") == ""
