"""Figures for everybody: only of a zone that opened them, counts of few hidden (K7)."""

import json

import pytest
from django.test import Client

from plp.launch.actions.recognition import set_recognition_and_figures_rule_of_zone
from plp.mandates.queries import NotAllowed
from tests.evaluation.year import launched
from tests.factories.cast import NOW, Cast, member

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/open-figures"


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    for quarter in (cast.here, cast.next_door, cast.abroad):
        launched(quarter)
    for place in range(5):
        member(cast.here.partnership, f"Eva Exemple{'abcde'[place]}")
    member(cast.next_door.partnership, "Frank Voorbeeld")
    return cast


def open_zone(cast: Cast) -> None:
    """The chief of corps opens the figures of the zone."""
    set_recognition_and_figures_rule_of_zone(
        zone=cast.zone, needs_recognition=True, publishes_figures=True, by=cast.chief, at=NOW
    )


def test_nothing_is_open_by_itself(cast: Cast) -> None:
    assert [Client().get(f"{ADDRESS}.{form}").status_code for form in ("csv", "json")] == [404, 404]
    assert ">CSV<" not in Client().get("/p/").content.decode()


def test_a_zone_opens_its_own_partnerships_and_few_are_hidden(cast: Cast) -> None:
    open_zone(cast)

    answer = json.loads(Client().get(f"{ADDRESS}.json").content)

    assert [(row["key"], row["members"]) for row in answer["data"]] == [("haren", 5), ("laeken", None)]
    assert set(answer["columns"]) == set(answer["data"][0])
    assert "open-figures.csv" in Client().get("/p/").content.decode()


def test_the_table_has_the_same_rows(cast: Cast) -> None:
    open_zone(cast)

    answer = Client().get(f"{ADDRESS}.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith('"key";"name";"kind"')
    assert [line.split(";")[0] for line in lines[1:]] == ['"haren"', '"laeken"']
    assert "Exemple" not in answer.content.decode()
    assert Client().get(f"{ADDRESS}.xml").status_code == 404


def test_an_officer_opens_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        set_recognition_and_figures_rule_of_zone(
            zone=cast.zone, needs_recognition=True, publishes_figures=True, by=cast.officer, at=NOW
        )

    assert Client().get(f"{ADDRESS}.json").status_code == 404
