"""The launch pack from the command line: the files of the download, in the languages of the partnership."""

import io
import zipfile

import pytest

from plp.evening.actions import publish_meeting
from plp.launch.documents import files
from plp.launch.documents.placeholder_values import gather_partnership_data
from plp.launch.queries.texts import newest_wordings_for_partnership
from plp.ops import cli
from plp.partnership.models import Partnership
from plp.toolbox import clock
from tests.evening.stage import planned
from tests.factories.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_the_files_are_those_of_the_download(tmp_path, monkeypatch):
    """2 s: the whole pack is made twice."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    partnership = Cast().here.partnership

    code = cli.run(["pack", partnership.key, str(tmp_path / "pack"), "--language", "fr"])

    folder = tmp_path / "pack" / "fr"
    written = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}
    download = files.whole_pack_as_zip(
        gather_partnership_data(partnership, at=NOW), newest_wordings_for_partnership(partnership), "fr", at=NOW
    )
    with zipfile.ZipFile(io.BytesIO(download)) as zipped:
        expected = {name: zipped.read(name) for name in zipped.namelist()}
    assert code == cli.SUCCESS
    assert set(written) == set(expected)
    assert [name for name in expected if name.endswith("pdf") and written[name] != expected[name]] == []


def test_without_a_language_those_of_the_partnership_are_made(tmp_path, monkeypatch):
    partnership = Cast().here.partnership
    Partnership.objects.filter(pk=partnership.pk).update(languages=["nl", "de", "en"])
    monkeypatch.setattr(
        files, "every_pack_document_in_every_form", lambda *_data, **_at: [files.PackFile("01-a/b.pdf", b"%PDF")]
    )

    code = cli.run(["pack", partnership.key, str(tmp_path)])

    assert code == cli.SUCCESS
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.pdf")) == [
        "de/01-a/b.pdf",
        "nl/01-a/b.pdf",
    ]


def test_an_unknown_partnership_and_a_full_folder_are_named(tmp_path, capsys):
    partnership = Cast().here.partnership
    (tmp_path / "paper.pdf").write_text("here already")

    codes = [cli.run(["pack", "nowhere", str(tmp_path / "new")]), cli.run(["pack", partnership.key, str(tmp_path)])]

    assert codes == [cli.FAILURE, cli.FAILURE]
    assert capsys.readouterr().err.splitlines() == [
        "plp: There is no partnership nowhere: the last part of its public address is its key.",
        f"plp: {tmp_path} is not an empty folder: name another one.",
    ]
    assert not (tmp_path / "new").exists()


def test_ballots_bear_codes_once_the_evening_is_convened(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(
        files, "every_pack_document_in_every_form", lambda *_data, ballots, **_at: [files.PackFile("b.pdf", ballots)]
    )
    partnership = Cast().here.partnership
    asked = ["pack", partnership.key, str(tmp_path / "pack"), "--language", "fr", "--ballots"]

    codes = [cli.run([*asked, "3"])]
    meeting = planned(partnership)
    codes.append(cli.run([*asked, "3"]))
    publish_meeting(meeting=meeting, by=None, at=NOW)
    codes += [cli.run([*asked, "301"]), cli.run([*asked, "3"])]

    assert codes == [cli.FAILURE, cli.FAILURE, cli.FAILURE, cli.SUCCESS]
    assert (meeting.slips.count(), (tmp_path / "pack/fr/b.pdf").read_bytes()[:5]) == (3, b"%PDF-")
    assert capsys.readouterr().err.splitlines()[:3] == [
        "plp: No information evening is to come: without one no ballot can bear a code.",
        "plp: The information evening is not convened yet: convene it, then make the pack.",
        "plp: At most 300 ballots at once, and 2000 in all.",
    ]
