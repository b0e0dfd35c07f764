"""Tokens: made by an administrator of the area, for some things, until a day; counted, ended, never kept in clear."""

from datetime import timedelta

import pytest
from django.core import serializers

from plp.connections import actions as connections
from plp.connections.actions import A_MINUTE, LONGEST
from plp.connections.models import Token
from plp.connections.queries import areas_for_tokens_and_receivers, partnerships_of_token, tokens_in_scope, valid_token
from plp.connections.refusals import AlreadyEnded, NoScopeChosen, TokenTooLong
from plp.journal.models import Entry
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from plp.people import actions as people
from plp.people.models import Person
from tests.factories.cast import NOW, Cast, hold, person

pytestmark = pytest.mark.django_db
MONTH = NOW + timedelta(days=30)


def administrator(cast: Cast) -> Person:
    someone = person("Ada Beheer", "nl")
    hold(someone, Role.ADMINISTRATOR, cast.zone)
    return someone


def made(cast: Cast, by: Person, **changes: object) -> tuple[Token, str]:
    told = {"label": "Site", "area": cast.zone, "scopes": ["figures", "partnerships"], "ends_at": MONTH} | changes
    return connections.create_token(**told, by=by, at=NOW)  # type: ignore[arg-type]


def test_its_words_are_told_once_and_kept_nowhere(cast: Cast) -> None:
    token, words = made(cast, administrator(cast))

    assert words.startswith("plp_")
    assert len(words) == len("plp_") + 43
    assert words not in serializers.serialize("json", [*Token.objects.all(), *Entry.objects.all()])
    assert valid_token(words, at=NOW) == token
    assert token.scopes == ["partnerships", "figures"]
    assert Entry.objects.get(verb="token.made").details == {"scopes": ["partnerships", "figures"]}


@pytest.mark.parametrize("given", ["", "plp_", "plp_" + "x" * 43, "' OR 1=1 --", "\x00"])
def test_other_words_open_nothing(cast: Cast, given: str) -> None:
    made(cast, administrator(cast))

    assert valid_token(given, at=NOW) is None


def test_it_ends_on_its_day_and_when_it_is_taken_back(cast: Cast) -> None:
    someone = administrator(cast)
    token, words = made(cast, someone)

    assert valid_token(words, at=MONTH - timedelta(seconds=1)) == token
    assert valid_token(words, at=MONTH) is None

    connections.end_token(token=token, by=someone, at=NOW)

    assert valid_token(words, at=NOW) is None
    assert Entry.objects.filter(verb="token.ended").count() == 1
    with pytest.raises(AlreadyEnded):
        connections.end_token(token=token, by=someone, at=NOW)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"scopes": []}, NoScopeChosen),
        ({"scopes": ["members"]}, NoScopeChosen),
        ({"ends_at": NOW}, TokenTooLong),
        ({"ends_at": NOW + LONGEST + timedelta(seconds=1)}, TokenTooLong),
    ],
)
def test_what_is_refused(cast: Cast, changes: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        made(cast, administrator(cast), **changes)

    assert Token.objects.count() == 0


def test_only_an_administrator_of_the_area_makes_ends_and_sees_it(cast: Cast) -> None:
    someone = administrator(cast)
    token, _words = made(cast, someone)
    others = [cast.chief, cast.officer, cast.foreign_officer, cast.here.coordinator, person("Eva Elders")]

    for other in others:
        with pytest.raises(NotAllowed):
            made(cast, other)
        with pytest.raises(NotAllowed):
            connections.end_token(token=token, by=other, at=NOW)
        assert tokens_in_scope(other, at=NOW).count() == 0
    with pytest.raises(NotAllowed):
        made(cast, someone, area=cast.abroad.area)
    assert [area.path for area in areas_for_tokens_and_receivers(someone, at=NOW)] == ["be/z1/", "be/z1/m21004/"]


def test_it_reaches_its_area_alone(cast: Cast) -> None:
    token, _words = made(cast, administrator(cast))

    assert [one.key for one in partnerships_of_token(token)] == ["haren", "laeken"]


def test_a_minute_holds_so_many_requests_and_the_next_as_many(cast: Cast) -> None:
    token, _words = made(cast, administrator(cast))

    answers = [
        connections.count_token_use_under_limit(token=token, by=None, at=NOW + timedelta(milliseconds=one))
        for one in range(A_MINUTE + 5)
    ]

    assert answers == [True] * A_MINUTE + [False] * 5
    assert connections.count_token_use_under_limit(token=token, by=None, at=NOW + timedelta(minutes=1))


def test_the_first_use_of_a_day_is_noted(cast: Cast) -> None:
    _token, words = made(cast, administrator(cast))

    for hours in (0, 1, 24):
        at = NOW + timedelta(hours=hours)
        found = valid_token(words, at=at)
        assert found is not None
        connections.count_token_use_under_limit(token=found, by=None, at=at)

    assert Entry.objects.filter(verb="token.used").count() == 2


def test_a_token_stays_when_its_maker_is_forgotten(cast: Cast) -> None:
    someone = administrator(cast)
    token, words = made(cast, someone)

    people.erase_person(person=someone, by=None, at=NOW)

    token.refresh_from_db()
    assert token.made_by is None
    assert valid_token(words, at=NOW) == token
