"""The federal register as one table: one's own area, no name, few hidden, no formula (R150)."""

import csv
import io
import json

import pytest
from django.test import Client

from plp.launch.actions.life import end_partnership_and_notify
from plp.mandates.grants import Role
from tests.factories.cast import NOW, Cast, area, hold, member, person
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db
HERE = "/zone/register.csv"


def rows(client: Client) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(HERE).content.decode("utf-8-sig")), delimiter=";"))


def test_the_federal_reader_takes_every_partnership_out_by_name_and_counts(cast: Cast) -> None:
    cast.here.area.name_fr = "=1+1"
    cast.here.area.save()
    reader = person("Fien Federaal")
    hold(reader, Role.FEDERAL, area("country", "be/", "Belgique"))
    for letter in "abcde":
        member(cast.here.partnership, f"Lid Nummer {letter}")
    member(cast.next_door.partnership, "Eva Exemple")

    found = rows(signed_in(reader))

    assert [(row["key"], row["members"]) for row in found] == [
        ("haren", "5"),
        ("laeken", "<\N{NO-BREAK SPACE}5"),
        ("malmedy", "0"),
    ]
    assert found[0]["name_fr"] == "'=1+1"
    assert "Eva" not in str(found)


def test_others_take_their_own_area_or_nothing(cast: Cast) -> None:
    officer, coordinator, deputy = (signed_in(one) for one in (cast.officer, cast.here.coordinator, cast.here.deputy))

    assert [row["key"] for row in rows(officer)] == ["haren", "laeken"]
    assert [row["key"] for row in rows(coordinator)] == ["haren"]
    assert (deputy.get(HERE).status_code, Client().get(HERE).status_code) == (404, 302)


def test_the_day_of_an_end_stands_in_every_form_of_the_register(cast: Cast) -> None:
    partnership = cast.here.partnership
    before = [row["ended_on"] for row in rows(signed_in(cast.officer))]
    end_partnership_and_notify(partnership=partnership, reason="Décision de la réunion.", by=cast.officer, at=NOW)
    own = f"/launch/{partnership.key}/recognition/register"

    table = [(row["key"], row["state"], row["ended_on"]) for row in rows(signed_in(cast.officer))]
    one = {form: signed_in(cast.officer).get(f"{own}.{form}").content.decode("utf-8-sig") for form in ("json", "csv")}

    assert before == ["", ""]
    assert table == [("haren", "ended", "2026-11-25"), ("laeken", "active", "")]
    assert json.loads(one["json"])["ended_on"] == "2026-11-25"
    assert next(csv.DictReader(io.StringIO(one["csv"]), delimiter=";"))["ended_on"] == "2026-11-25"
