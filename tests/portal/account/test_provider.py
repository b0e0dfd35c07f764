"""Signing in at a provider: known accounts alone, by an address it proved, and never with one factor."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from plp.accounts.models import Account
from tests.factories.provider import Provider, provider
from tests.portal.staff import code, staff

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
BEGIN, BACK = "/account/sign-in/provider/zone/", "/account/sign-in/provider/zone/back/"


@pytest.fixture
def zone(settings: Any) -> Iterator[Provider]:
    with provider() as made:
        settings.OIDC_PROVIDERS = [made.app(), made.app("zone-2", "City & card", second_factor="")]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": settings.OIDC_PROVIDERS}}
        yield made


def come_in(client: Client, zone: Provider, key: str = "zone", **claims: Any) -> str:
    """Go there and come back as somebody; answers where one lands."""
    zone.claims = {"sub": "17", "email_verified": True, **claims}
    there = parse_qs(urlsplit(client.post(f"/account/sign-in/provider/{key}/?next=/account/").url).query)
    assert there["code_challenge_method"] == ["S256"]
    return client.get(f"/account/sign-in/provider/{key}/back/", {"code": "c", "state": there["state"][0]}).url


def test_a_known_account_comes_in_and_proves_its_second_factor_here(client: Client, zone: Provider) -> None:
    ann = staff()

    landed = come_in(client, zone, email=ann.email)
    early = client.get("/account/").status_code
    last = client.post("/account/sign-in/second-factor/", {"code": code()})

    assert (landed, early) == ("/account/sign-in/second-factor/", 302)
    assert last.url == "/account/"
    assert client.get("/account/").status_code == 200
    assert "code_verifier" in zone.asked[0]


@pytest.mark.parametrize("words", [{"acr": "mfa"}, {"amr": ["pwd", "mfa"]}])
def test_a_provider_that_asked_for_a_second_factor_is_believed(
    client: Client, zone: Provider, words: dict[str, Any]
) -> None:
    ann = staff()

    landed = come_in(client, zone, email=ann.email, **words)

    assert landed == "/account/"
    assert client.get("/account/").status_code == 200


def test_the_address_of_a_provider_leads_to_the_page_with_its_button(client: Client, zone: Provider) -> None:
    opened = client.get(BEGIN)

    assert (opened.status_code, opened.url) == (302, "/account/sign-in/")
    assert zone.asked == []


def test_each_provider_has_its_button_and_its_own_word_for_a_second_factor(client: Client, zone: Provider) -> None:
    ann = staff()

    page = client.get("/account/sign-in/").content.decode()
    landed = come_in(client, zone, key="zone-2", email=ann.email, acr="mfa")

    assert [name for name in ("Zone", "City &amp; card") if name in page] == ["Zone", "City &amp; card"]
    assert f'action="{BEGIN}"' in page
    assert 'action="/account/sign-in/provider/zone-2/"' in page
    assert landed == "/account/sign-in/second-factor/"
    assert client.get("/account/").status_code == 302


def test_without_any_factor_here_one_is_enrolled_first(client: Client, zone: Provider) -> None:
    ann = staff(app=False)

    come_in(client, zone, email=ann.email)

    assert client.get("/account/").url.startswith("/account/second-factor/")


@pytest.mark.parametrize(
    "claims", [{"email": "nobody@plp.test"}, {"email_verified": False}, {"email_verified": "true"}, {"email": None}, {}]
)
def test_nobody_else_comes_in_and_nothing_is_kept(client: Client, zone: Provider, claims: dict[str, Any]) -> None:
    closed = staff("Luc Closed")
    Account.objects.filter(pk=closed.account.pk).update(is_active=False)
    ann = staff()

    landed = come_in(client, zone, **({"email": ann.email if claims else closed.email} | claims))

    assert landed == "/account/sign-in/?refused=1"
    assert "You were not signed in" in client.get(landed).content.decode()
    assert client.get("/account/").status_code == 302
    assert (Account.objects.count(), SocialAccount.objects.count()) == (2, 0)


def test_an_answer_to_another_browser_is_refused(client: Client, zone: Provider) -> None:
    ann = staff()
    zone.claims = {"sub": "17", "email": ann.email, "email_verified": True}
    state = parse_qs(urlsplit(client.post(BEGIN).url).query)["state"][0]

    answer = Client().get(BACK, {"code": "c", "state": state})

    assert answer.url == "/account/sign-in/?refused=1"
    assert zone.asked == []


def test_without_a_provider_there_is_no_button_and_no_way(client: Client) -> None:
    assert client.post(BEGIN).status_code == 404
    assert BEGIN not in client.get("/account/sign-in/").content.decode()
