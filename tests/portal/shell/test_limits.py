"""Limits: exactly so many, per key, also when asked at the same moment; and codes bound to the browser."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from plp.portal.shell import limits
from plp.portal.shell.limits import LIMITS, Limit, left, network_of, one_box, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


@pytest.mark.parametrize("name", [name for name in LIMITS if name != "wrong.everywhere"])
def test_each_limit_gives_exactly_its_number(name: str) -> None:
    times = LIMITS[name].times

    assert [take(name, "a") for _ in range(times + 1)] == [True] * times + [False]
    assert not left(name, "a")
    assert left(name, "b")
    assert take(name, "b")


def test_looking_counts_nothing() -> None:
    for _ in range(5):
        assert left("confirm.address", "a")

    assert take("confirm.address", "a")


def test_a_place_runs_out_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "confirm.address", Limit(1, 0))

    assert take("confirm.address", "a")
    assert take("confirm.address", "a")


def test_two_who_ask_at_once_get_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "get_many", lambda keys: {})  # both looked before either counted

    assert [take("confirm.address", "a") for _ in range(2)] == [True, False]


def test_no_key_stands_in_the_cache_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(cache, "add", lambda key, *_args, **_more: bool(seen.append(key)) or True)
    take("code.address", "email:mia@plp.test")

    assert len(seen) == 1
    assert "mia" not in seen[0]


@pytest.mark.parametrize(("address", "network"), [("10.1.2.3", "10.1.2.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48")])
def test_a_network_is_the_house(address: str, network: str) -> None:
    assert network_of(RequestFactory(REMOTE_ADDR=address).get("/")) == network


def test_one_box_has_many_spellings() -> None:
    assert one_box("email", "Mia+plp@plp.test") == one_box("email", "mia@plp.test") == "email:mia@plp.test"
    assert one_box("sms", "+32475123456") == "sms:+32475123456"
