"""What leaves packed, and what never does."""

import gzip

import pytest
from django.test import Client

from tests.portal.staff import sign_in, staff

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
BROWSER = {"accept-encoding": "gzip, deflate, br", "accept-language": "en"}


def test_a_page_for_nobody_in_particular_leaves_packed(client: Client) -> None:
    answer = client.get("/street/?street=x", headers=BROWSER)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert b"<!doctype html>" in gzip.decompress(answer.content)
    assert "Content-Encoding" not in client.get("/street/").headers


@pytest.mark.parametrize(
    ("address", "site", "is_packed"),
    [
        ("/", "same-origin", True),
        ("/", "none", True),
        ("/", "cross-site", False),
        ("/", "same-site", False),
        ("/", None, False),
        ("/?guess=Mia", "same-origin", False),
    ],
)
def test_a_page_of_somebody_only_where_no_stranger_has_a_hand(
    client: Client, address: str, site: str | None, is_packed: bool
) -> None:
    """Nothing from the address may stand in it, and no other site may have asked for it."""
    sign_in(client, staff())

    answer = client.get(address, headers=BROWSER | ({"sec-fetch-site": site} if site else {}))

    assert answer.status_code == 200
    assert ("Content-Encoding" in answer.headers) is is_packed


def test_what_answers_a_form_of_somebody_is_not_packed(client: Client) -> None:
    sign_in(client, staff())

    answer = client.post("/street/", {"street": "Mia"}, headers=BROWSER | {"sec-fetch-site": "same-origin"})

    assert "Content-Encoding" not in answer.headers
