"""Mandates at the machine: listed, confirmed, ended, followed (R32, ADR 68)."""

import argparse
import io
import json
from datetime import date

import pytest

from plp.connections import actions as connections
from plp.connections.queries import valid_token
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.ops.cli import Failed
from plp.ops.commands import appoint, mandate
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox import clock
from tests.factories.cast import NOW, Cast, hold, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return Cast()


def run(command: object, *words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def number(someone: Person) -> str:
    return Mandate.objects.get(person=someone).pk.hex


def test_offices_are_listed_with_their_days_and_all_on_request(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    run(mandate, "list", "--json")
    (chief,) = json.loads(capsys.readouterr().out)
    run(mandate, "list", "--all")

    assert chief["name"] == "Carl Muster"
    assert (chief["since"], chief["confirmed"], chief["until"]) == ("2026-11-24", "", "2027-11-25")
    assert len(capsys.readouterr().out.splitlines()) == Mandate.objects.count()


def test_one_is_confirmed_and_ended(cast: Cast) -> None:
    run(mandate, "confirm", number(cast.chief))
    run(mandate, "end", number(cast.officer), "--on", "2026-12-31")
    run(mandate, "end", number(cast.chief))

    assert Mandate.objects.get(person=cast.chief).confirmed_at == NOW
    assert Mandate.objects.get(person=cast.officer).last_day == date(2026, 12, 31)
    assert Mandate.objects.get(person=cast.chief).ends_at == NOW
    with pytest.raises(Failed, match="No mandates in force"):
        run(mandate, "end", number(cast.chief))


def test_the_last_who_can_release_ends_only_with_a_yes(cast: Cast) -> None:
    last = number(cast.foreign_officer)

    with pytest.raises(Failed, match="Nobody there could release"):
        run(mandate, "end", last)
    run(mandate, "end", last, "--yes")

    assert Mandate.objects.get(person=cast.foreign_officer).ends_at == NOW


@pytest.mark.parametrize(("answer", "ends"), [("--succeeds", NOW), ("--beside", None), ("yes", NOW), ("no", None)])
def test_the_next_chief_ends_the_one_before_or_stands_beside(
    cast: Cast, answer: str, ends: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{answer}\n"))
    words = ["--role", "chief", "--name", "Nora Nieuw", "--email", "nora@zone.test", "--language", "nl"]

    run(appoint, *words, "--area", "Zone Un", *([answer] if answer.startswith("--") else []))

    assert Mandate.objects.get(person=cast.chief).ends_at == ends
    assert Mandate.objects.filter(role="chief").count() == 2


def test_a_key_of_a_program_holds_no_longer_than_its_maker(cast: Cast) -> None:
    country = Area.objects.get(path="be/")
    alix = person("Alix Exemple")
    own = hold(alix, Role.ADMINISTRATOR, country)
    until = NOW.replace(year=2027)
    _token, words = connections.create_token(
        label="Portal", area=country, scopes=["figures"], ends_at=until, by=alix, at=NOW
    )

    before = valid_token(words, at=NOW)
    run(mandate, "end", own.pk.hex)

    assert before is not None
    assert valid_token(words, at=NOW) is None
    assert [connections.end_tokens_without_right(by=None, at=NOW) for _round in range(2)] == [1, 0]
