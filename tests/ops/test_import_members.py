"""./plp import members: by the coordinator's own right, all or nothing, figures on one stream."""

import json
from pathlib import Path

import pytest

from plp.accounts.actions import create_account
from plp.membership.lists.columns import Field, field_of_column
from plp.membership.models import ListImport, Membership
from plp.ops import cli
from plp.ops.imports.members import HEADINGS
from plp.people.models import Person
from plp.toolbox import clock
from tests.factories.cast import NOW, Cast
from tests.membership.lists.stage import HEADER, LIST, streets

pytestmark = pytest.mark.django_db

KEYS = ["rows", "streets", "members", "created", "updated", "unchanged", "errors", "seconds"]
BY = "clara@plp.test"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    found = Cast()
    streets(found)
    create_account(person=found.here.coordinator, email=BY, password=None, by=None, at=NOW)
    create_account(person=found.officer, email="anne@plp.test", password=None, by=None, at=NOW)
    return found


def run(tmp_path: Path, content: str, *more: str, by: str = BY) -> int:
    path = tmp_path / "list.csv"
    path.write_text(content, encoding="utf-8")
    return cli.run(["import", "members", str(path), "--partnership", "haren", "--by", by, *more, "--json"])


def figures(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def test_a_list_is_brought_in_once(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dry = run(tmp_path, LIST, "--dry-run")
    tried, count = figures(capsys), Membership.objects.count()
    first = run(tmp_path, LIST)
    read = figures(capsys)
    again = run(tmp_path, LIST)
    repeated = figures(capsys)

    assert (dry, first, again, count, list(read)) == (0, 0, 0, 0, KEYS)
    assert [read[key] for key in KEYS[:7]] == [3, 2, 3, 3, 0, 0, []]
    assert tried["created"] == 3
    assert (repeated["created"], repeated["unchanged"]) == (0, 3)
    assert Membership.objects.filter(state="active").count() == 3
    assert ListImport.objects.count() == 1


def test_a_faulty_row_is_named_without_its_person(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = Person.objects.count()

    code = run(tmp_path, HEADER + "Ada Exemple;Rue Inconnue;1;0475123456;;fr\n")

    shown = capsys.readouterr()
    assert code == 1
    assert json.loads(shown.out)["errors"] == [
        {"line": 2, "reason": "This street is not in the neighbourhood of the partnership."}
    ]
    assert "Ada" not in shown.out + shown.err
    assert Person.objects.count() == people


def test_whoever_may_not_manage_members_brings_nobody_in(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = [run(tmp_path, LIST, by=by) for by in ("anne@plp.test", "nobody@plp.test")]

    assert codes == [1, 2]
    assert Membership.objects.count() == 0


def test_of_many_faulty_rows_the_first_are_named_and_the_others_counted(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "list.csv", tmp_path / "figures.json"
    path.write_text(HEADER + "Ada Exemple;Rue Inconnue;1;0475123456;;fr\n" * 30, encoding="utf-8")
    asked = ["import", "members", str(path), "--partnership", "haren", "--by", BY]

    plain, words = cli.run(asked), capsys.readouterr()
    filed, shown = cli.run([*asked, "--json", str(out)]), capsys.readouterr()

    assert (plain, filed, words.out, shown.out) == (1, 1, "", "")
    assert f"... and {30 - words.err.count('  line ')} more faulty lines" in words.err
    assert json.loads(out.read_text(encoding="utf-8"))["rows"] == 30


def words(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, *more: str) -> str:
    """What is said of a list."""
    run(tmp_path, content, *more)
    return capsys.readouterr().err


def test_what_is_not_read_is_said_without_what_was_written(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = "Ada Exemple;Rue de Verdun;12;+49 30 901820;ada@x.test;fr;blue\n"

    tried = words(tmp_path, capsys, f"{HEADER.strip()};Couleur\n{row}", "--dry-run")
    read = words(tmp_path, capsys, f"{HEADER.strip()};Couleur\n{row}")

    for said, figures_said in ((tried, "1 would be created"), (read, "1 created")):
        assert said.splitlines() == [
            "  Not read: “Couleur”.",
            "  line 2, left out: The telephone number is not a Belgian number that can be reached.",
            f"plp: 1 row: {figures_said}, 0 {'would be ' if 'would' in figures_said else ''}updated, "
            "0 unchanged, 0 left out.",
        ]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("Quoi;Combien", "  No heading of this list is known. It has: “Quoi”, “Combien”."),
        ("GSM;Combien", "  No heading of this list means a name. It has: “GSM”, “Combien”."),
    ],
)
def test_a_list_without_a_known_heading_says_which_it_has_and_which_are_known(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], header: str, sentence: str
) -> None:
    said = words(tmp_path, capsys, f"{header}\n0475123456;12\n").splitlines()

    assert said[:2] == [sentence, f"  Known, also in French, Dutch and German: {', '.join(HEADINGS)}."]
    assert "--skip-bad" not in said[-1]


def test_each_heading_that_is_told_is_known() -> None:
    assert {field_of_column(heading) for heading in HEADINGS} == set(Field) - {
        Field.ORGANISATION,
        Field.ENTERPRISE,
        Field.SECTOR,
    }


def test_leaving_faulty_rows_out_is_offered_where_a_row_is_good(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = words(tmp_path, capsys, LIST + "Dan Exemple;Rue Inconnue;1;0475123456;;fr\n")

    assert said.splitlines()[-1] == (
        "plp: nothing was written (1 faulty). Correct the file and read it again, or leave the faulty rows out with "
        "--skip-bad."
    )
