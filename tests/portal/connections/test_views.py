"""The pages of tokens, and the page by which the interface is read."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plp.connections import actions as connections
from plp.connections import webhook_calls
from plp.connections.models import Receiver, Token
from plp.connections.queries import valid_token
from plp.mandates.grants import Role
from plp.people.models import Person
from tests.factories.cast import Cast, area, hold, person
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
HERE = "/connections/"
QUERIES = 8


def made(cast: Cast, by: Person, label: str = "Site") -> Token:
    told = {"label": label, "area": cast.zone, "scopes": ["figures"], "ends_at": AT + timedelta(days=30)}
    return connections.create_token(**told, by=by, at=AT)[0]  # type: ignore[arg-type]


def test_a_token_is_made_and_shown_once(cast: Cast, someone: Person) -> None:
    browser = signed_in(someone)
    typed = {"label": "Site of Evere", "area": cast.zone.pk, "scopes": ["figures", "evenings"], "days": "30"}

    page = browser.post(f"{HERE}tokens/new/", typed, follow=True)

    token = Token.objects.get()
    words = page.text.partition("Bearer ")[2].partition('"')[0]
    assert valid_token(words, at=AT) == token
    assert words not in browser.get(f"{HERE}tokens/{token.pk}/").text
    assert "Site of Evere" in browser.get(HERE).text
    assert words not in str(dict(browser.session))


def test_a_form_without_a_thing_to_read_is_given_back(cast: Cast, someone: Person) -> None:
    page = signed_in(someone).post(f"{HERE}tokens/new/", {"label": "Site", "area": cast.abroad.area.pk, "days": "9999"})

    assert page.status_code == 200
    assert Token.objects.count() == 0


def test_a_token_is_ended_after_a_question(cast: Cast, someone: Person) -> None:
    token, browser = made(cast, someone), signed_in(someone)

    asked = browser.get(f"{HERE}tokens/{token.pk}/end/").text
    browser.post(f"{HERE}tokens/{token.pk}/end/")

    token.refresh_from_db()
    assert "cannot be undone" in asked
    assert token.ended_at == AT
    assert "End it" not in browser.get(f"{HERE}tokens/{token.pk}/").text


def test_making_and_ending_need_a_fresh_proof(cast: Cast, someone: Person) -> None:
    token, browser = made(cast, someone), signed_in(someone, minutes_ago=9)

    answers = [browser.post(f"{HERE}tokens/new/"), browser.post(f"{HERE}tokens/{token.pk}/end/")]

    assert [answer.status_code for answer in answers] == [302, 302]
    token.refresh_from_db()
    assert token.ended_at is None


def test_other_roles_and_other_zones_find_nothing(cast: Cast, someone: Person) -> None:
    token = made(cast, someone)
    stranger = person("Eva Elders")
    hold(stranger, Role.ADMINISTRATOR, area("zone", "be/z10/", "Zone Dix"))
    pages = ["", "tokens/new/", f"tokens/{token.pk}/", f"tokens/{token.pk}/end/"]

    theirs = [signed_in(stranger).get(f"{HERE}{page}").status_code for page in pages]
    others = {signed_in(one).get(f"{HERE}{page}").status_code for one in (cast.officer, cast.chief) for page in pages}

    assert theirs == [200, 200, 404, 404]
    assert f"tokens/{token.pk}/" in signed_in(someone).get(HERE).text
    assert f"tokens/{token.pk}/" not in signed_in(stranger).get(HERE).text
    assert others == {404}


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_everybody_reads_how_programs_read(client: Client, language: str) -> None:
    client.cookies["language"] = language

    page = client.get(f"{HERE}interface/").text

    for words in ("GET /api/v1/partnerships", "municipality_nis", "/api/v1/openapi.json"):
        assert words in page


@pytest.mark.parametrize("tokens", [1, 3])
def test_one_and_three_tokens_cost_the_same(
    cast: Cast, someone: Person, django_assert_num_queries: DjangoAssertNumQueries, tokens: int
) -> None:
    for number in range(tokens):
        made(cast, someone, f"Site {number}")
    browser = signed_in(someone)

    with django_assert_num_queries(QUERIES):
        page = browser.get(HERE)

    assert page.text.count("Site ") == tokens


def test_a_receiver_is_set_up_tested_and_ended(cast: Cast, someone: Person, settings: LazySettings) -> None:
    settings.WEBHOOK_HOSTS = ["hooks.evere.be"]
    browser = signed_in(someone)
    typed = {"label": "Site", "address": "https://evil.be/in", "area": cast.zone.pk, "events": ["message.relayed"]}

    refused = browser.post(f"{HERE}receivers/new/", typed).text
    page = browser.post(f"{HERE}receivers/new/", typed | {"address": "https://hooks.evere.be/in"}, follow=True).text
    found = Receiver.objects.get()
    again = browser.get(f"{HERE}receivers/{found.pk}/").text
    tested = browser.post(f"{HERE}receivers/{found.pk}/test/", follow=True).text
    browser.post(f"{HERE}receivers/{found.pk}/end/")

    assert "This address may not be called." in refused
    assert ("whsec_" in page, "whsec_" in again) == (True, False)
    assert "A test" in tested
    assert found.calls.get().reason == "ended"
    found.refresh_from_db()
    assert found.ended_at == AT


def test_without_hosts_the_page_says_who_lists_them(cast: Cast, someone: Person) -> None:
    page = signed_in(someone).get(f"{HERE}receivers/new/").text

    assert "PLP_WEBHOOK_HOSTS" in page
    assert "<textarea" not in page


def test_a_foreign_receiver_is_not_there(cast: Cast, someone: Person, settings: LazySettings) -> None:
    settings.WEBHOOK_HOSTS = ["hooks.evere.be"]
    told = {"label": "Site", "address": "https://hooks.evere.be/in", "area": cast.zone, "events": ["message.relayed"]}
    found, _secret = webhook_calls.create_receiver(**told, by=someone, at=AT)  # type: ignore[arg-type]
    stranger = person("Eva Elders")
    hold(stranger, Role.ADMINISTRATOR, area("zone", "be/z10/", "Zone Dix"))
    browser, officer, here = signed_in(stranger), signed_in(cast.officer), f"{HERE}receivers/{found.pk}/"

    answers = [browser.get(here), browser.post(f"{here}test/"), browser.post(f"{here}end/"), officer.get(here)]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert found.calls.count() == 0
