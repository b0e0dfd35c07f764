"""Limits: exactly so many, per key, also when asked at the same moment; and codes bound to the browser."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory

from plp.portal.shell import limits
from plp.portal.shell.limits import (
    HOUR,
    LIMITS,
    Limit,
    MustWait,
    count_if_under_limit,
    enforce_then_count,
    is_under_limit,
    mailbox_key,
    network_prefix_of,
    personal_or_network_limit_key,
)
from plp.toolbox.moves import Refused

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [name for name in LIMITS if name != "wrong.everywhere"])
def test_each_limit_gives_exactly_its_number(name: str) -> None:
    times = LIMITS[name].times

    assert [count_if_under_limit(name, "a") for _ in range(times + 1)] == [True] * times + [False]
    assert not is_under_limit(name, "a")
    assert is_under_limit(name, "b")
    assert count_if_under_limit(name, "b")


def test_looking_counts_nothing() -> None:
    for _ in range(5):
        assert is_under_limit("confirm.address", "a")

    assert count_if_under_limit("confirm.address", "a")


def test_a_place_runs_out_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "confirm.address", Limit(1, 0))

    assert count_if_under_limit("confirm.address", "a")
    assert count_if_under_limit("confirm.address", "a")


def test_two_who_ask_at_once_get_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "get_many", lambda keys: {})  # both looked before either counted

    assert [count_if_under_limit("confirm.address", "a") for _ in range(2)] == [True, False]


def test_no_key_stands_in_the_cache_in_clear() -> None:
    """What a library keeps there neither (V5): it makes keys of the addresses of clients."""
    count_if_under_limit("code.address", "email:mia@plp.test")
    cache.set("allauth:rl:allauth.account:login:ip:203.0.113.9", [1.0], 60)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        keys = [key for (key,) in cursor.fetchall()]
    assert [len(key) for key in keys] == [64, 64]
    assert all(set(key) <= set("0123456789abcdef") for key in keys)


@pytest.mark.parametrize(("address", "network"), [("10.1.2.3", "10.1.2.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48")])
def test_a_network_is_the_house(address: str, network: str) -> None:
    assert network_prefix_of(RequestFactory(REMOTE_ADDR=address).get("/")) == network


def test_one_box_has_many_spellings() -> None:
    assert mailbox_key("email", "Mia+plp@plp.test") == mailbox_key("email", "mia@plp.test") == "email:mia@plp.test"
    assert mailbox_key("sms", "+32475123456") == "sms:+32475123456"


def _request(person: Any = None) -> Any:
    request = RequestFactory(REMOTE_ADDR="203.0.113.9").post("/", {"words": "x"})
    request.session, request.person, request.member, request.at = {}, person, None, NOW
    return request


def _send(request: Any, *, seconds: int = 0, fails: bool = False) -> int:
    """Seconds to wait; 0 when it went through."""
    request.at = NOW + timedelta(seconds=seconds)
    try:
        with enforce_then_count(request, ("idea.network", personal_or_network_limit_key(request))):
            if fails:
                raise Refused
    except MustWait as wait:
        return wait.seconds
    except Refused:
        return -1
    return 0


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "idea.network", Limit(2, HOUR))


@pytest.mark.usefixtures("narrow")
def test_what_is_refused_counts_nothing() -> None:
    assert [_send(_request(), fails=True) for _ in range(4)] == [-1] * 4
    assert [_send(_request()) for _ in range(3)] == [0, 0, 2]


@pytest.mark.usefixtures("narrow")
def test_above_a_shared_limit_one_waits_longer_and_longer_and_then_goes_through() -> None:
    assert [_send(_request()) for _ in range(7)] == [0, 0, 2, 4, 8, 15, 15]
    neighbour = _request()
    assert [_send(neighbour), _send(neighbour, seconds=5), _send(neighbour, seconds=15)] == [15, 10, 0]
    assert _send(neighbour, seconds=15) == 15


@pytest.mark.usefixtures("narrow")
def test_a_wait_is_good_for_ten_minutes_and_for_a_try_that_is_refused() -> None:
    for _ in range(2):
        _send(_request())
    one, other = _request(), _request()

    assert [_send(one), _send(one, seconds=3, fails=True), _send(one, seconds=4)] == [2, -1, 0]
    assert [_send(other), _send(other, seconds=700)] == [4, 8]


@pytest.mark.usefixtures("narrow")
def test_strangers_take_nothing_from_somebody_who_is_known() -> None:
    for _ in range(5):
        _send(_request())

    assert [_send(_request(SimpleNamespace(pk=UUID(int=7)))) for _ in range(2)] == [0, 0]
