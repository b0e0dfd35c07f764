"""What somebody said for themselves in an older installation is carried over as it could be read there."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from plp.measures.models import OwnWords
from plp.people.models import Person
from tests.factories.cast import NOW
from tests.measures.stage import DAY, Stage

OLD = datetime(2020, 1, 1, tzinfo=UTC)  # before any database took a step
LATE = datetime(2100, 1, 1, tzinfo=UTC)  # after this one took them
PLATE = "Une Golf grise, plaque 1-ABC-123."


def migrate(step: str) -> Any:
    """Take the database of this room to a step; answer its models of then."""
    target = [("measures", step)]
    MigrationExecutor(connection).migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.fixture
def there_and_back() -> Iterator[None]:
    """Whatever happens, the tables are those of today for the next test."""
    yield
    MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes("measures"))


def open_file(models: Any, stage: Stage, someone: Person, ladder: str = "member", **columns: object) -> object:
    """A row as a program of before wrote it."""
    file = {"partnership_id": stage.here.partnership.pk, "person_id": someone.pk, "ladder": ladder, "opened_at": OLD}
    return models.get_model("measures", "File").objects.create(**file, **columns).pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("there_and_back")
def test_words_of_0_2_0_stay_readable_but_for_a_plate() -> None:
    stage = Stage()
    models = migrate("0001_initial")
    honest = open_file(models, stage, stage.member, words="J’ai appelé le 112 car il criait.", words_at=OLD)
    plate = open_file(models, stage, stage.mayor, words=PLATE, words_at=OLD)
    of_office = open_file(models, stage, stage.here.coordinator, "coordinator", words=PLATE, words_at=OLD)
    open_file(models, stage, stage.officer)

    migrate("0004_own_words")

    rows = {one.file_id: (one.words, one.written_at, one.passed_on_at) for one in OwnWords.objects.all()}
    assert rows == {
        honest: ("J’ai appelé le 112 car il criait.", OLD, OLD),
        plate: (PLATE, OLD, None),
        of_office: (PLATE, OLD, OLD),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("there_and_back")
def test_what_the_police_did_since_stands() -> None:
    stage = Stage()
    models = migrate("0003_words_first_passed_on")
    passed = open_file(models, stage, stage.member, words=PLATE, words_at=NOW, words_passed_on_at=NOW + DAY)
    waits = open_file(models, stage, stage.mayor, words="Je n’y étais pas.", words_at=LATE)
    taken_for_plate = open_file(models, stage, stage.officer, words="Ik heb 101 gebeld.", words_at=OLD)
    overlooked = open_file(
        models, stage, stage.chief, words="La voiture AB-123-CD.", words_at=OLD, words_passed_on_at=OLD
    )

    migrate("0004_own_words")

    rows = dict(OwnWords.objects.values_list("file", "passed_on_at"))
    assert rows == {passed: NOW + DAY, waits: None, taken_for_plate: OLD, overlooked: None}


@pytest.mark.parametrize(
    ("words", "is_plate"),
    [
        ("1-ABC-123", True),
        ("1–abc–123", True),
        ("ABC 123", True),
        ("123-abc", True),
        ("T-ABC-12", True),
        ("AB-123-CD", True),
        ("12-AB-34", True),
        ("gz-123-p", True),
        ("B-AB 1234", True),
        ("AC XY 12", True),
        ("Ik heb 101 gebeld", False),
        ("IK HEB 101 GEBELD", False),
        ("150 EUR, le 24-11-2026", False),
        ("GSM 0470-12-34-56", False),
        ("de 12-uur-bus, 100-120 mensen", False),
    ],
)
def test_a_plate_of_here_and_of_the_neighbours_is_one_and_a_telephone_is_none(words: str, is_plate: bool) -> None:
    pattern = import_module("plp.measures.migrations.0004_own_words").PLATE

    assert bool(pattern.search(f"Il a vu {words}.")) is is_plate
