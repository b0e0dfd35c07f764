"""./plp import addresses: figures on one stream, words on the other."""

import json
from pathlib import Path

import pytest
from django.utils import translation

from plp.ops import cli
from plp.places import gazetteer
from plp.places.models import Address

pytestmark = pytest.mark.django_db

KEYS = ["rows", "streets", "addresses", "created", "updated", "unchanged", "errors", "errors_total", "seconds"]
KEYS += ["passed_over", "without_municipality"]
HEADER = "address_id,street_id,street_fr,house_number,nis_code,lon,lat"
GOOD = "BA/1/1,BS/7/1,Rue du Chêne,12,21004,4.41,50.89"
BAD = "BA/2/1,BS/7/1,Rue du Chêne,,21004,4.41,50.89"


def file(tmp_path: Path, *rows: str) -> str:
    path = tmp_path / "register.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return str(path)


def test_the_figures_go_to_standard_output_and_the_words_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The country is loaded too: 0.5 s."""
    source = str(gazetteer.demo_address_file("haren"))

    first = cli.run(["import", "addresses", source, "--municipality", "21004", "--json"])
    figures, words = capsys.readouterr()
    again = cli.run(["import", "addresses", source, "--municipality", "21004", "--json"])
    repeated = json.loads(capsys.readouterr().out)

    read = json.loads(figures)
    assert (first, again, list(read)) == (0, 0, KEYS)
    assert (read["rows"], read["streets"], read["addresses"], read["created"]) == (2492, 54, 2492, 2492)
    assert (repeated["created"], repeated["updated"], repeated["unchanged"]) == (0, 0, 2492)
    assert "BeST Address" in words


def test_a_faulty_row_is_named_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.run(["import", "addresses", file(tmp_path, GOOD, BAD), "--json"])

    figures, words = capsys.readouterr()
    assert code == 1
    assert json.loads(figures)["errors"] == [{"line": 3, "reason": "The house number is missing."}]
    assert "line 3" in words
    assert Address.objects.count() == 0


def test_skip_bad_writes_the_rest_and_still_names_the_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "figures.json"

    code = cli.run(["import", "addresses", file(tmp_path, GOOD, BAD), "--skip-bad", "--json", str(out)])

    read = json.loads(out.read_text(encoding="utf-8"))
    assert (code, read["rows"], read["created"], read["errors_total"]) == (0, 2, 1, 1)
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there_and_a_code_that_no_one_has_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = cli.run(["import", "addresses", str(tmp_path / "none.csv")])
    unknown = cli.run(["import", "addresses", file(tmp_path, GOOD), "--municipality", "99999"])

    words = capsys.readouterr().err
    assert (missing, unknown) == (1, 2)
    assert "none.csv: No such file or directory." in words
    assert "No municipality has the NIS code 99999." in words


def test_words_are_those_of_the_terminal_and_figures_those_of_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ./plp doctor does."""
    source = file(tmp_path, GOOD, BAD)

    monkeypatch.setenv("LC_ALL", "fr_BE.UTF-8")
    with translation.override("en"):  # put back afterwards
        cli.run(["import", "addresses", source])
        alone = capsys.readouterr().err
        cli.run(["import", "addresses", source, "--json"])
    figures = json.loads(capsys.readouterr().out)

    assert "ligne 3\u00a0: Le numéro de maison manque." in alone
    assert "rien n’a été écrit (lignes fautives\u00a0: 1)" in alone
    assert figures["errors"] == [{"line": 3, "reason": "The house number is missing."}]


def test_a_kind_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.run(["import"])

    assert left.value.code == 2


def test_of_many_faulty_rows_the_first_are_named_and_the_others_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [f"BA/{number}/1,BS/7/1,Rue du Chêne,,21004,4.41,50.89" for number in range(30)]

    with translation.override("en"):
        code = cli.run(["import", "addresses", file(tmp_path, *bad)])

    words = capsys.readouterr().err
    assert code == 1
    assert f"... and {30 - words.count('  line ')} more faulty lines" in words


def test_one_is_one_and_a_mistyped_zone_gets_the_names_that_are_near(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = file(tmp_path, GOOD)

    with translation.override("en"):
        codes = [cli.run(["import", "addresses", source, *part]) for part in ([], ["--zone", "Payz de Herve"])]
        unlike = cli.run(["import", "addresses", source, "--zone", "Xyzzy"])

    read, mistyped, unknown = capsys.readouterr().err.splitlines()
    assert (codes, unlike) == ([0, 2], 2)
    assert "1 row, 1 address (1 street): 1 created" in read
    assert mistyped.startswith("plp: No police zone is called Payz de Herve. Did you mean: Pays de Herve")
    assert "for example Pays de Herve" in unknown
