"""What leaves packed, and what never does."""

import gzip

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from plp.portal.shell.compression import is_safe_to_compress

pytestmark = pytest.mark.any_database
BROWSER = {"accept-encoding": "gzip, deflate, br", "accept-language": "en"}


@pytest.mark.django_db
def test_a_page_for_nobody_in_particular_leaves_packed(client: Client) -> None:
    answer = client.get("/street/?street=x", headers=BROWSER)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert b"<!doctype html>" in gzip.decompress(answer.content)
    assert "Content-Encoding" not in client.get("/street/").headers


@pytest.mark.django_db
def test_a_page_that_another_site_asked_for_leaves_as_it_is(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"

    ours = client.get("/", headers=BROWSER | {"sec-fetch-site": "same-origin"})
    other = client.get("/", headers=BROWSER | {"sec-fetch-site": "cross-site"})

    assert [one.headers.get("Content-Encoding") for one in (ours, other)] == ["gzip", None]


@pytest.mark.parametrize(
    ("method", "address", "site", "is_packed"),
    [
        ("GET", "/", "same-origin", True),
        ("GET", "/", "none", True),
        ("GET", "/", "same-site", False),
        ("GET", "/", "cross-site", False),
        ("GET", "/", None, False),
        ("GET", "/?guess=Mia", "same-origin", False),
        ("POST", "/", "same-origin", False),
    ],
)
def test_with_a_session_only_where_no_stranger_has_a_hand(
    method: str, address: str, site: str | None, is_packed: bool
) -> None:
    """Nothing from the address may stand in the page, and no other site may have asked for it."""
    request = RequestFactory().generic(method, address, headers={"sec-fetch-site": site} if site else {})
    without = is_safe_to_compress(request)
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "somebody"

    assert (without, is_safe_to_compress(request)) == (True, is_packed)
