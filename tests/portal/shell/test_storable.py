"""NUL, halves of signs and what is too long, in every address, in queries, forms and cookies: a page that says no."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from plp.ops.routes import all_routes

pytestmark = pytest.mark.django_db
UUID = "00000000-0000-0000-0000-000000000000"
NAMES = "q page next after lang order language street key".split()


def addresses(sign: str) -> list[str]:
    """Every address with parts of any text: ``sign`` in the place of each in turn, the others as they may be."""
    made = set()
    for route in all_routes():
        parts = re.findall(r"<(?:(\w+):)?\w+>", route.route)
        for place, kind in enumerate(parts):
            given = [
                sign if number == place else {"uuid": UUID, "int": "1"}.get(one, "fr")
                for number, one in enumerate(parts)
            ]
            if kind == "str":
                made.add(re.sub(r"<[^>]+>", "{}", route.route).format(*given))
    return sorted(made)


def broken(client: Client, asked: Iterable[str], **more: Any) -> list[str]:
    """Which of these addresses are answered with an error of ours."""
    client.raise_request_exception = False
    return [address[:80] for address in asked if client.get(address, **more).status_code >= 500]


def test_there_is_no_page_at_an_address_with_nul(client: Client) -> None:
    asked = addresses("a%00b")

    found = {client.get(address).status_code for address in asked}

    assert len(asked) > 40
    assert found == {404}


@pytest.mark.parametrize("sign", ["%ED%A0%80", "%E2%80%AE%FF", "x" * 3_000], ids=lambda sign: sign[:9])
def test_no_text_in_an_address_breaks_a_page(client: Client, sign: str) -> None:
    assert broken(client, addresses(sign)) == []


def test_nor_does_it_in_a_query_or_a_cookie(client: Client) -> None:
    """Each page without parts, asked by nobody known."""
    query = "&".join(f"{name}=a%00b" for name in NAMES)
    plain = [route.route for route in all_routes() if "<" not in route.route and route.permission == "public"]
    cookies = (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, settings.DEVICE_COOKIE_NAME)

    found = broken(client, [f"{address}?{query}" for address in plain if address != "/readyz"])
    found += broken(client, ["/", "/m/"], headers={"cookie": "; ".join(f'{name}="a\\000b"' for name in cookies)})

    assert found == []


def test_a_form_tells_it_by_its_field(client: Client) -> None:
    answer = client.post("/idea/describe/", {"words": "a\x00b"})

    assert answer.status_code < 500


def test_what_passes_every_form_is_told_to_the_reader(client: Client) -> None:
    """A view that reads a form by itself, and asks the database with what stands there."""
    shop = client.post("/language/", {"language": "a\x00b", "next": "/a\x00b"})

    assert shop.status_code < 500
