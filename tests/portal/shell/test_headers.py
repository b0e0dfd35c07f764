"""The headers stand on what is refused before a page is even looked for."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from plp.portal.shell.headers import SecurityHeadersMiddleware

pytestmark = pytest.mark.any_database


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "is_secure"),
    [
        ("https", True),
        ("https,https", True),
        ("https, http", False),
        ("http, https", False),
        ("http", False),
        ("", False),
    ],
)
def test_who_came_in_clear_for_a_part_of_the_way_did_not_come_by_https(
    client: Client, settings: Any, told: str, is_secure: bool
) -> None:
    settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_SSL_REDIRECT = ("HTTP_X_FORWARDED_PROTO", "https"), True

    answer = client.get("/accessibility/", headers={"x-forwarded-proto": told})

    assert answer.status_code == (200 if is_secure else 301)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_a_foreign_host_gets_every_header(client: Client, method: str) -> None:
    answer = getattr(client, method)("/", headers={"Host": "evil.example", "Referer": "https://evil.example/"})

    assert answer.status_code == 400
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_strict_transport_is_asked_where_there_is_tls(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True

    answer = SecurityHeadersMiddleware(lambda _request: HttpResponse(status=400))(HttpRequest())

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
