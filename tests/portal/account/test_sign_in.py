"""Signing in: e-mail, password, second factor; and every way it must not work."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import get_hasher
from django.test import Client

from plp.journal.models import Entry
from plp.mandates.grants import Role
from plp.people.models import Account
from plp.toolbox import clock
from tests.portal.staff import PASSWORD, code, mandate, sign_in, staff

pytestmark = pytest.mark.django_db


def stripped(page: bytes) -> str:
    """A page without the token that differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())


def test_password_then_code_leads_to_what_waits(client: Client) -> None:
    """The happy path through the three forms, without JavaScript."""
    ann = staff()

    first = client.post("/account/sign-in/", {"login": " Ann.Peeters@PLP.test ", "password": PASSWORD})
    second = client.post("/account/sign-in/second-factor/", {"code": code()})
    home = client.get("/")

    assert (first.status_code, first.url) == (302, "/account/sign-in/second-factor/")
    assert (second.status_code, second.url) == (302, "/")
    assert b"Ann Peeters" in home.content
    assert home.wsgi_request.person == ann.person


def test_one_comes_back_to_the_page_asked_for(client: Client) -> None:
    """``next`` survives both steps."""
    ann = staff()

    asked = client.get("/account/password/")
    page = client.get(asked.url)
    client.post(
        "/account/sign-in/", {"login": ann.email, "password": PASSWORD, "next": page.context["redirect_field_value"]}
    )
    last = client.post("/account/sign-in/second-factor/", {"code": code()})

    assert last.url == "/account/password/"


@pytest.mark.parametrize(
    "target", ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)", "http:evil"]
)
def test_nobody_is_sent_to_a_foreign_page(client: Client, target: str) -> None:
    """T33: a foreign ``next`` is dropped at sign-in and at the fresh proof."""
    ann = staff()

    client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD, "next": target})
    after_sign_in = client.post("/account/sign-in/second-factor/", {"code": code()})
    after_proof = client.post("/account/prove/", {"code": code(1), "next": target})

    assert (after_sign_in.url, after_proof.url) == ("/", "/")


def test_unknown_address_wrong_password_and_closed_account_answer_the_same(client: Client) -> None:
    """T13: one page for all, whoever has an account."""
    ann, closed = staff(), staff("Luc Closed")
    Account.objects.filter(pk=closed.account.pk).update(is_active=False)

    pages = [
        client.post("/account/sign-in/", {"login": login, "password": password})
        for login, password in [
            (ann.email, "wrong wrong wrong"),
            ("nobody@plp.test", PASSWORD),
            (closed.email, PASSWORD),
        ]
    ]

    shown = [stripped(page.content).replace(page.context["form"].data["login"], "") for page in pages]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert shown[0] == shown[1] == shown[2]


def test_the_password_alone_opens_nothing(client: Client) -> None:
    """Between the two steps one is nobody."""
    ann = staff()

    client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})

    assert client.get("/account/").url == "/account/sign-in/?next=%2Faccount%2F"


def test_without_second_factor_one_is_sent_to_enrol(client: Client) -> None:
    """All staff must have one: nothing else opens before."""
    ann = staff(app=False)

    client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})

    assert client.get("/account/").url == "/account/second-factor/?next=%2Faccount%2F"
    assert client.get("/").url == "/account/"
    assert client.get("/account/second-factor/").status_code == 200


def test_a_factor_enrolled_elsewhere_is_asked_for(client: Client) -> None:
    """A session begun by password alone does not stay good when the account gets its app."""
    ann = staff(app=False)
    client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})
    Authenticator.objects.create(user=ann.account, type="totp", data={"secret": "x"})

    assert client.get("/account/second-factor/app/").url.startswith("/account/prove/")


def test_a_code_works_once(client: Client) -> None:
    """A code seen over somebody's shoulder is worth nothing."""
    ann = staff()
    sign_in(client, ann)
    other = Client(headers={"accept-language": "en"})

    other.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})
    again = other.post("/account/sign-in/second-factor/", {"code": code()})

    assert again.status_code == 200
    assert "already used" in again.content.decode()


def test_a_code_works_once_however_it_is_written_and_as_long_as_it_is_right(client: Client) -> None:
    """A code is right for 90 seconds: it stays used up for all of them, with a space in it too."""
    ann = staff()
    with time_machine.travel(1_800_000_000, tick=False) as machine:
        seen = code(1)
        client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})
        first = client.post("/account/sign-in/second-factor/", {"code": seen})
        machine.shift(45)
        other = Client()
        other.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})
        again = other.post("/account/sign-in/second-factor/", {"code": f"{seen[:3]} {seen[3:]}"})

    assert (first.status_code, again.status_code) == (302, 200)


def test_a_recovery_code_works_once_in_place_of_the_app(client: Client) -> None:
    """For the day the telephone is gone."""
    ann = staff()
    spare = Authenticator.objects.get(user=ann.account, type="recovery_codes").wrap().get_unused_codes()[0]
    other = Client()

    client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})
    first = client.post("/account/sign-in/second-factor/", {"code": spare})
    other.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})
    second = other.post("/account/sign-in/second-factor/", {"code": spare})

    assert (first.status_code, second.status_code) == (302, 200)


def test_guessing_a_password_stops_after_five_tries(client: Client) -> None:
    """Trust 3.5: the sixth try is refused even when it is right."""
    ann = staff()

    for _ in range(5):
        client.post("/account/sign-in/", {"login": ann.email, "password": "wrong wrong wrong"})
    refused = client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})

    assert refused.status_code == 200
    assert "Too many tries" in refused.content.decode()


def test_guessing_a_code_stops_after_five_tries(client: Client) -> None:
    """Six digits are enough only because few may be tried."""
    ann = staff()
    client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})

    for _ in range(5):
        client.post("/account/sign-in/second-factor/", {"code": "000000"})
    refused = client.post("/account/sign-in/second-factor/", {"code": code()})

    assert "Too many tries" in refused.content.decode()


def test_many_tries_from_one_network_get_429(client: Client) -> None:
    """The limit per address answers with our own page."""
    for number in range(30):
        client.post("/account/sign-in/", {"login": f"n{number}@plp.test"})

    refused = client.post("/account/sign-in/", {"login": "n@plp.test"})

    assert refused.status_code == 429
    assert "Wait a few minutes" in refused.content.decode()


def test_the_session_gets_a_new_key_at_each_step(client: Client) -> None:
    """T6: no session prepared by somebody else survives the sign-in."""
    ann = staff()
    client.get("/account/sign-in/")
    client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})
    before = client.cookies["session"].value

    client.post("/account/sign-in/second-factor/", {"code": code()})
    signed_in = client.cookies["session"].value
    client.post("/account/prove/", {"code": code(1)})

    assert len({before, signed_in, client.cookies["session"].value}) == 3


def test_no_address_is_kept_in_clear(client: Client) -> None:
    """What the session holds names nobody."""
    ann = staff()

    sign_in(client, ann)

    assert "plp.test" not in str(dict(client.session))


@pytest.mark.parametrize(
    ("role", "idle", "whole"),
    [(Role.COORDINATOR, 60, 12), (Role.OFFICER, 30, 10), (Role.ADMINISTRATOR, 15, 8)],
)
def test_a_session_left_alone_or_too_old_ends(client: Client, role: Role, idle: int, whole: int) -> None:
    """Trust 3.4, by role."""
    someone = staff(role=role)
    start = clock.now()

    with time_machine.travel(start, tick=False) as machine:
        sign_in(client, someone)
        client.get("/")
        machine.shift(timedelta(minutes=idle, seconds=1))
        left_alone = client.get("/account/")
        machine.shift(timedelta(minutes=10))
        sign_in(client, someone)
        client.get("/")
        statuses = []
        for _ in range(whole * 60 // 10 + 1):
            machine.shift(timedelta(minutes=10))
            statuses.append(client.get("/account/").status_code)

    assert left_alone.url == "/account/sign-in/?ended=1"
    assert statuses == [200] * (whole * 6) + [302]


def test_a_change_of_role_ends_the_session(client: Client) -> None:
    """T6: the next request after an appointment or its end signs in anew."""
    ann = staff()
    sign_in(client, ann)
    client.get("/")

    mandate(ann.person, Role.ADMINISTRATOR)

    assert client.get("/account/").url == "/account/sign-in/?ended=1"


def test_a_closed_account_ends_the_session(client: Client) -> None:
    """Suspension works at once."""
    ann = staff()
    sign_in(client, ann)

    Account.objects.filter(pk=ann.account.pk).update(is_active=False)

    assert client.get("/account/").url == "/account/sign-in/?next=%2Faccount%2F"


def test_signing_out_takes_a_post_and_ends_the_session(client: Client) -> None:
    """A GET changes nothing; after the POST the old cookie opens nothing."""
    ann = staff()
    sign_in(client, ann)
    cookie = client.cookies["session"].value

    by_get = client.get("/account/sign-out/")
    by_post = client.post("/account/sign-out/")
    thief = Client()
    thief.cookies["session"] = cookie

    assert by_get.status_code == 405
    assert by_post.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert thief.get("/account/").status_code == 302


def test_a_form_without_its_token_is_refused() -> None:
    """T31: with plain words."""
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})

    refused = strict.post("/account/sign-in/", {"login": "a@plp.test", "password": PASSWORD})

    assert refused.status_code == 403
    assert "fill it in again" in refused.content.decode()


def test_a_sign_in_leaves_a_line_in_the_journal(client: Client) -> None:
    """T38: who, when; never the address."""
    ann = staff()

    sign_in(client, ann)

    entry = Entry.objects.get(verb="account.signed_in")
    assert (entry.actor, entry.target) == (str(ann.person.pk), f"people.account:{ann.account.pk}")


def test_without_the_shared_cache_nobody_signs_in(client: Client, settings: Any) -> None:
    """The limits cannot be counted, so the door stays shut."""
    ann = staff()
    client.raise_request_exception = False
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "no_such_table"}}

    answer = client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})

    assert answer.status_code in {500, 503}  # PostgreSQL calls it a fault of ours, SQLite one that passes by itself
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_known_and_unknown_addresses_cost_one_hash_each(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """T45: the time tells nothing, because the same work is done."""
    ann = staff()
    work: list[str] = []
    hasher = get_hasher()
    encode, verify = type(hasher).encode, type(hasher).verify
    monkeypatch.setattr(type(hasher), "encode", lambda *given: work.append("hash") or encode(*given))
    monkeypatch.setattr(type(hasher), "verify", lambda *given: work.append("hash") or verify(*given))

    client.post("/account/sign-in/", {"login": "nobody@plp.test", "password": "wrong wrong wrong"})
    unknown = len(work)
    client.post("/account/sign-in/", {"login": ann.email, "password": "wrong wrong wrong"})

    assert (unknown, len(work) - unknown) == (1, 1)
