"""What reads the country from end to end is noticed, and each table says how many rows it has then (ADR 78)."""

import ast
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from bench.national_pages import paths_of
from plp.mandates.grants import Role
from plp.ops.environment import PACKAGE
from plp.ops.housekeeping import daily_chores, frequent_chores
from plp.places.models import Area
from tests.factories.cast import Cast, hold, member
from tests.plans.country import GROWN, grown_tables, read_sizes
from tests.plans.plan_reader import MOST, PlanReader, has_plan, plan_flaws
from tests.plans.recorder import PlanRecorder, allowed_places, sending_place
from tests.portal.signing import signed_in, stop_clock

KEY = "7d6f2c1e-5c0b-4d57-9a52-0a2f6f7f1f10"
LOOKS = {
    f"SELECT id FROM delivery_dispatch WHERE message_id = '{KEY}'": "delivery_dispatch",
    f"UPDATE partnership_membership SET left_at = NULL WHERE partnership_id = '{KEY}'": "partnership_membership",
    f"SELECT number FROM journal_entry WHERE target = '{KEY}' ORDER BY at DESC LIMIT 9": "journal_entry",
    "SELECT id FROM people_contactpoint WHERE digest = 'a' AND channel = 'sms'": "people_contactpoint",
}


def scan(**more: Any) -> dict[str, Any]:
    """A part of a plan that asks each person."""
    return {"Node Type": "Seq Scan", "Relation Name": "people_person", "Filter": "(x)", "Total Cost": 9.0} | more


@pytest.mark.parametrize(
    ("plan", "number"),
    [
        (scan(), 1),
        ({"Node Type": "Limit", "Total Cost": 1.0, "Plans": [scan(), scan()]}, 2),
        (scan(**{"Relation Name": "places_area"}), 0),
        (scan(**{"Node Type": "Index Scan", "Index Name": "by_key"}), 1),
        (scan(**{"Node Type": "Index Scan", "Index Name": "by_key", "Index Cond": "(id = 1)"}), 0),
        (scan(**{"Node Type": "Index Scan", "Index Name": "waits"}), 0),
        ({"Node Type": "Index Only Scan", "Relation Name": "people_person", "Total Cost": MOST + 1}, 1),
    ],
)
def test_what_asks_each_row_of_a_grown_table_is_a_flaw(plan: dict[str, Any], number: int) -> None:
    assert len(plan_flaws(plan, {"people_person"}, {"waits"})) == number


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1", True),
        (" (SELECT 1) UNION (SELECT 2)", True),
        ("INSERT INTO a SELECT 1", True),
        ("INSERT INTO a VALUES (1)", False),
        ("SAVEPOINT s", False),
        ("NOTIFY plp", False),
    ],
)
def test_only_what_looks_for_rows_has_a_plan(sql: str, expected: bool) -> None:
    assert has_plan(sql) is expected


def test_each_table_has_its_number_of_rows() -> None:
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    sizes = read_sizes()

    assert set(sizes["rows"]) == labels
    assert {name.rpartition(".")[0] for part in ("distinct", "mostly") for name in sizes[part]} <= labels
    assert {"people_person", "places_address", "delivery_dispatch", "journal_entry"} <= grown_tables()
    assert "partnership_partnership" not in grown_tables()
    assert sizes["rows"]["places.Street"] > GROWN


def test_what_a_test_asks_by_itself_has_no_sender() -> None:
    assert sending_place() == ""


def test_each_allowed_place_is_there_and_has_a_reason() -> None:
    for place, reason in allowed_places().items():
        path, _colon, name = place.partition(":")
        tree = ast.parse(Path(PACKAGE, path).read_text(encoding="utf-8"))
        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        assert set(name.replace(".<locals>", "").split(".")) <= names, place
        assert len(reason) > 20, place


@contextmanager
def indexes_dropped(reader: PlanReader, table: str) -> Iterator[None]:
    """Without the indexes of a table but that of its key; they are back afterwards."""
    with reader.line.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(
            "SELECT indexrelid::regclass::text, conname FROM pg_index"
            " LEFT JOIN pg_constraint ON conindid = indexrelid AND contype = 'u'"
            " WHERE indrelid = %s::regclass AND NOT indisprimary",
            [table],
        )
        for name, constraint in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}" if constraint else f"DROP INDEX {name}")
        yield
        cursor.execute("ROLLBACK")


def refuse_blind_reader(reader: PlanReader) -> None:
    """Without its indexes each look is a flaw, and with them none."""
    for sql, table in LOOKS.items():
        assert reader.find_flaws(sql, None) == []
        with indexes_dropped(reader, table):
            assert reader.find_flaws(sql, None), sql


def readers(cast: Cast) -> dict[str, Client]:
    """A browser of each role."""
    country, here = Area.objects.get(path="be/"), cast.here.area
    appointed = {
        "committee": (Role.COMMITTEE, here),
        "supervisor": (Role.SUPERVISOR, cast.zone),
        "municipality": (Role.MUNICIPALITY, Area.objects.get(path=here.parent_path)),
        "federal": (Role.FEDERAL, country),
        "administrator": (Role.ADMINISTRATOR, country),
    }
    people = {"coordinator": cast.here.coordinator, "officer": cast.officer, "chief": cast.chief}
    for name, (role, area) in appointed.items():
        people[name] = member(cast.here.partnership, f"{name.capitalize()} Voorbeeld")
        hold(people[name], role, area)
    return {"anonymous": Client()} | {name: signed_in(person) for name, person in people.items()}


@pytest.mark.django_db
def test_no_page_and_no_chore_goes_through_the_country(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page of every role that asks for no more than a partnership or a zone, and every chore of a worker."""
    stop_clock(monkeypatch)
    browsers = readers(cast)
    paths = [(browser, path) for role, browser in browsers.items() for path in paths_of(role, cast)]
    assert len(paths) > 400
    if connection.vendor == "sqlite":
        return
    recorder = PlanRecorder(os.environ["PLP_DATABASE_URL"])
    with recorder.stack:
        refuse_blind_reader(recorder.reader)
        with connection.execute_wrapper(recorder.note):
            for browser, path in paths:
                browser.get(path)
            for chore in [*daily_chores(), *frequent_chores()]:
                chore.action()
    assert len(recorder.seen) > 300
    assert recorder.flaws == [], "\n\n".join(recorder.flaws)
