"""Signing in: e-mail, password, second factor; and every way it must not work."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import get_hasher
from django.test import Client

from plp.accounts.models import Account
from plp.delivery.models import MessageText
from plp.journal.models import Entry
from plp.mandates.grants import Role
from plp.people.actions import add_contact, confirm_contact_and_clear_failure
from plp.portal.shell.limits import LIMITS, Limit
from plp.portal.subjects.account import attempts
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


def wrong(login: str, *, times: int, network: str = "127.0.0.1", client: Client | None = None) -> str:
    """So many wrong passwords from a network, each in a new browser unless one is given; answers the last page."""
    for _ in range(times):
        browser = client or Client(REMOTE_ADDR=network, headers={"accept-language": "en"})
        page = browser.post("/account/sign-in/", {"login": login, "password": "wrong wrong wrong"})
    return page.content.decode()


def right(login: str, client: Client) -> Any:
    return client.post("/account/sign-in/", {"login": login, "password": PASSWORD})


def test_a_network_that_guesses_a_password_gets_slower(client: Client) -> None:
    """Trust 3.5: the sixth try waits, the same for a name that nobody has; then the right one goes through."""
    ann, start = staff(), clock.now()
    with time_machine.travel(start, tick=False) as machine:
        assert "is not right" in wrong(ann.email, times=5)
        assert "is not right" in wrong("nobody@plp.test", times=5)
        refused = right(ann.email, client)
        assert "Wait 2 seconds" in wrong("nobody@plp.test", times=1)
        machine.shift(1)
        early = right(ann.email, client)
        machine.shift(1)
        late = right(ann.email, client)

    assert "Wait 2 seconds" in refused.content.decode()
    assert "Wait 2 seconds" in early.content.decode()
    assert late.status_code == 302


def test_wrong_passwords_of_other_networks_hold_up_nobody(client: Client) -> None:
    """V3: twelve of them shut the right one out from everywhere, for five minutes, again and again."""
    ann = staff()
    for network in range(4):
        wrong(ann.email, times=6, network=f"10.0.{network}.1")

    assert right(ann.email, client).status_code == 302


def test_a_browser_in_which_one_signed_in_before_passes_whatever_others_try(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From its own network, and where so many were tried that strangers need their mailbox first."""
    ann = staff()
    sign_in(client, ann)
    client.post("/account/sign-out/")
    monkeypatch.setitem(LIMITS, "password.account", Limit(6, 3600))
    monkeypatch.setattr(attempts, "FRESH", attempts.TokenBucket(6, 1e9))
    wrong(ann.email, times=6)
    for network in range(3):
        wrong(ann.email, times=2, network=f"10.0.{network}.1")

    assert right(ann.email, client).status_code == 302


def test_after_very_many_tries_the_mailbox_opens_the_way_to_the_password(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can lock an account: its owner proves who they are, and their password is looked at."""
    ann = staff()
    contact = add_contact(
        person=ann.person, channel="email", address=ann.email, by=ann.person, at=clock.now() - timedelta(hours=1)
    )
    confirm_contact_and_clear_failure(contact=contact, by=ann.person, at=clock.now())
    monkeypatch.setitem(LIMITS, "password.account", Limit(3, 3600))
    wrong(ann.email, times=3, network="10.0.0.1")
    wrong("nobody@plp.test", times=3, network="10.0.0.1")

    refused, unknown = right(ann.email, client), right("nobody@plp.test", client)
    client.post("/m/", {"address": ann.email})
    letter = MessageText.objects.filter(channel="email").latest("pk").body
    client.post("/m/code/", {"code": re.search(r"\b\d{8}\b", letter)[0]})  # type: ignore[index]
    proven = right(ann.email, client)

    assert "Open your settings by a code to this address first" in refused.content.decode()
    assert "Open your settings by a code to this address first" in unknown.content.decode()
    assert proven.status_code == 302


def test_wrong_passwords_in_ones_own_browser_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A known browser is no way to guess."""
    ann = staff()
    sign_in(client, ann)
    client.post("/account/sign-out/")
    monkeypatch.setitem(LIMITS, "password.device", Limit(2, 3600))

    assert "is not right" in wrong(ann.email, times=2, client=client)
    assert "Too many tries" in right(ann.email, client).content.decode()
    assert right(ann.email, Client()).status_code == 302


def test_strangers_take_no_more_than_their_turns_of_the_processors(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has waited does not queue with whoever just comes."""
    ann, start = staff(), clock.now()
    monkeypatch.setattr(attempts, "FRESH", attempts.TokenBucket(2, 1e9))
    monkeypatch.setattr(attempts, "PATIENT", attempts.TokenBucket(1, 1e9))
    with time_machine.travel(start, tick=False) as machine:
        flood = [wrong(f"n{number}@plp.test", times=1, network=f"10.0.{number}.1") for number in range(3)]
        refused = right(ann.email, client)
        machine.shift(3)
        flood.append(wrong("n9@plp.test", times=1, network="10.0.9.1"))
        late = right(ann.email, client)

    assert ["is not right" in page for page in flood] == [True, True, False, False]
    assert "Wait 3 seconds" in refused.content.decode()
    assert late.status_code == 302


def test_guessing_a_code_stops_after_five_tries(client: Client) -> None:
    """Six digits are enough only because few may be tried."""
    ann = staff()
    client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})

    for _ in range(5):
        client.post("/account/sign-in/second-factor/", {"code": "000000"})
    refused = client.post("/account/sign-in/second-factor/", {"code": code()})

    assert "Too many tries" in refused.content.decode()


def test_many_tries_from_one_network_at_many_names_get_slower(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "sign-in.network", Limit(3, 60))
    pages = [wrong(f"n{number}@plp.test", times=1) for number in range(4)]

    assert ["Wait 2 seconds" in page for page in pages] == [False, False, False, True]


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
