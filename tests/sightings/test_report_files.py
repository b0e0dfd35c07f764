"""A report as it leaves for the police's own systems: each kind fits the schema that is published."""

import base64
import json
from pathlib import Path

import jsonschema
import pytest

from plp.sightings.facts import FIELDS, KEYS
from plp.sightings.models import Sighting
from plp.sightings.queries.report_files import COLUMNS, report_document, report_row, reports_json
from tests.factories.cast import Cast
from tests.sightings.stage import PLATE, REPORTER, picture, sighting

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
JUDGE = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def test_the_schema_is_one_and_names_every_kind_and_fact() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    assert set(SCHEMA["properties"]["kind"]["enum"]) == set(Sighting.Kind.values)
    assert set(SCHEMA["properties"]["facts"]["properties"]) == set(KEYS)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", FIELDS)
def test_a_report_of_each_kind_fits_the_schema(kind: str) -> None:
    Cast()
    report = sighting(kind=kind, facts={fact.key: "abc" for fact in FIELDS[kind].facts}, clock=None)
    type(report.municipality).objects.filter(pk=report.municipality.pk).update(nis="21004")
    report.municipality.refresh_from_db()

    document = json.loads(reports_json([report]))["reports"][0]

    assert [error.message for error in JUDGE.iter_errors(document)] == []
    assert document["reporter"] is None
    assert document["time"] is None


@pytest.mark.django_db
def test_reporter_and_pictures_go_with_it_and_a_table_has_a_line_for_each() -> None:
    Cast()
    report = sighting(reporter=REPORTER, pictures=[picture()])

    document, row = report_document(report), dict(zip(COLUMNS, report_row(report), strict=True))

    assert document["reporter"] == {"name": REPORTER[0], "reach": REPORTER[1]}
    assert base64.b64decode(document["pictures"][0]["base64"]).startswith(b"\xff\xd8\xff")
    assert (row["plate"], row["time"], row["reporter_name"], row["pictures"]) == (PLATE, "22:15", REPORTER[0], "1")
