"""./plp import members: by the coordinator's own right, all or nothing, figures on one stream."""

import json
from pathlib import Path

import pytest

from plp.accounts.actions import create_account
from plp.membership.models import ListImport, Membership
from plp.ops import cli
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
