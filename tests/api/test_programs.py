"""What a program reads with a token: its scopes, its area, no person; and how it is refused."""

import json
import re
from datetime import timedelta

import jsonschema
import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from plp.connections import actions as connections
from plp.connections.models import Token
from plp.connections.openapi import FIELDS, openapi_document
from plp.connections.states import Scope
from plp.evening import actions as evening
from plp.evening.actions import MeetingPlan
from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from tests.factories.cast import Cast, hold, member, person
from tests.portal.signing import AT, stop_clock

pytestmark = pytest.mark.django_db
ALL = Scope.values


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    return Cast()


def key(cast: Cast, *scopes: str) -> str:
    """A token of the zone for these scopes, or for all."""
    someone = person("Ada Beheer")
    hold(someone, Role.ADMINISTRATOR, cast.zone)
    told = {"label": "Site", "area": cast.zone, "scopes": scopes or ALL, "ends_at": AT + timedelta(days=30)}
    return connections.create_token(**told, by=someone, at=AT)[1]  # type: ignore[arg-type]


def read(scope: str, words: str, **more: str) -> tuple[int, dict]:
    answer = Client().get(f"/api/v1/{scope}", more, headers={"authorization": f"Bearer {words}"})
    return answer.status_code, json.loads(answer.content)


def evening_of(cast: Cast) -> None:
    plan = MeetingPlan(
        place="Salle", street="Rue de Verdun 3", languages=("fr",),
        starts_at=AT + timedelta(days=9), ends_at=AT + timedelta(days=9, hours=2),
    )  # fmt: skip
    evening.publish_meeting(
        meeting=evening.plan_meeting(partnership=cast.here.partnership, plan=plan, by=None, at=AT), by=None, at=AT
    )


@pytest.mark.parametrize("scope", ALL)
def test_every_answer_has_the_keys_that_are_described(cast: Cast, scope: str) -> None:
    evening_of(cast)

    status, told = read(scope, key(cast))

    assert status == 200
    assert {tuple(row) for row in told["data"]} == {tuple(field.name for field in FIELDS[Scope(scope)])}
    assert told["next"] is None
    assert {row["key"] for row in told["data"]} <= {"haren", "laeken"}


@pytest.mark.parametrize("scope", ALL)
def test_every_answer_is_what_the_document_promises(cast: Cast, scope: str) -> None:
    evening_of(cast)
    document = json.loads(Client().get("/api/v1/openapi.json").content)
    answers = document["paths"][f"/api/v1/{scope}"]["get"]["responses"]["200"]["content"]["application/json"]
    schema = answers["schema"] | {"components": document["components"]}

    judge = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in judge.iter_errors(read(scope, key(cast))[1])] == []


def test_every_refusal_is_the_problem_that_the_document_promises(cast: Cast) -> None:
    document = json.loads(Client().get("/api/v1/openapi.json").content)

    status, refusal = read("partnerships", "wrong")

    assert status == 401
    judge = jsonschema.Draft202012Validator(document["components"]["schemas"]["problem"])
    assert [error.message for error in judge.iter_errors(refusal)] == []


def test_no_answer_names_a_person(cast: Cast) -> None:
    evening_of(cast)
    member(cast.here.partnership, "Mia Voorbeeld")

    whole = json.dumps([read(scope, words)[1] for words in [key(cast)] for scope in ALL])

    for name in ("Mia", "Voorbeeld", "Clara", "Denis", "Anne", "Ada"):
        assert name not in whole


def test_counts_of_few_are_hidden(cast: Cast) -> None:
    words = key(cast)
    for number in range(4):
        member(cast.here.partnership, f"Lid Nummer {'abcd'[number]}")
    few = read("figures", words)[1]["data"][0]["members"], read("register", words)[1]["data"][0]["members"]
    member(cast.here.partnership, "Lid Vijf")

    enough = read("figures", words)[1]["data"][0]["members"], read("register", words)[1]["data"][0]["members"]

    assert few == (None, None)
    assert enough == (5, 5)


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer plp_wrong", "Basic cGxwOnBscA==", "bearer x", "Bearer \u00e9"]
)
def test_without_a_token_that_holds_nothing_is_read(cast: Cast, header: str | None) -> None:
    key(cast)

    answer = Client().get("/api/v1/partnerships", headers={} if header is None else {"authorization": header})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_ended_and_a_run_out_token_read_nothing(cast: Cast) -> None:
    words, other = key(cast), key(cast)
    token = Token.objects.get(digest=connections.token_digest(words))
    Token.objects.exclude(pk=token.pk).update(ends_at=AT)
    connections.end_token(token=token, by=token.made_by, at=AT)  # type: ignore[arg-type]

    assert (read("partnerships", words)[0], read("partnerships", other)[0]) == (401, 401)


def test_a_scope_that_was_not_given_is_refused(cast: Cast) -> None:
    words = key(cast, "evenings")

    assert [read(scope, words)[0] for scope in ALL] == [403, 200, 403, 403]


def test_a_minute_that_is_full_says_so(cast: Cast) -> None:
    words = key(cast)
    Token.objects.update(minute=AT.replace(second=0, microsecond=0), uses=connections.A_MINUTE)

    answer = Client().get("/api/v1/partnerships", headers={"authorization": f"Bearer {words}"})

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"


def test_nothing_is_written_by_it(cast: Cast) -> None:
    words = key(cast)

    statuses = [
        getattr(Client(), method)("/api/v1/partnerships", headers={"authorization": f"Bearer {words}"}).status_code
        for method in ("post", "put", "patch", "delete")
    ]

    assert statuses == [405, 405, 405, 405]


def test_long_lists_come_in_pages(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plp.api.programs.PAGE", 1)
    words = key(cast)

    first = read("partnerships", words)[1]
    second = read("partnerships", words, after=first["next"])[1]

    assert ([row["key"] for row in first["data"]], first["next"]) == (["haren"], "haren")
    assert ([row["key"] for row in second["data"]], second["next"]) == (["laeken"], None)
    assert read("partnerships", words, after="\x00' OR 1=1 --" + "z" * 90)[0] == 200


@pytest.mark.parametrize("more", [0, 2])
def test_one_and_three_partnerships_cost_the_same(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    words = key(cast)
    if not more:
        Partnership.objects.filter(key="laeken").update(state="ended")

    read("partnerships", words)  # the first of a day is noted

    with django_assert_num_queries(5):  # one asks whether whoever made the key still may
        read("partnerships", words)


def test_the_document_describes_each_address_once(cast: Cast, client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")

    told = json.loads(answer.content)
    assert told["openapi"] == "3.1.0"
    assert sorted(told["paths"]) == [f"/api/v1/{scope}" for scope in sorted(ALL)]
    with override("en"):
        assert told == openapi_document(told["servers"][0]["url"])
    named = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(told)))
    assert named <= set(told["components"]["schemas"])
    assert {client.get(path).status_code for path in told["paths"]} == {401}
