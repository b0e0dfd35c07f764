"""Files are named after their content, packed ahead and kept by browsers; without that they have plain names."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.test import Client

from plp.ops import assets

pytestmark = pytest.mark.any_database
PHONE = {"accept-encoding": "gzip, br"}


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Nothing packed yet, and few files to pack."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "ink.css").write_text('@import url("paper.css");\n' + "a { color: teal }\n" * 50, encoding="ascii")
    (source / "paper.css").write_text("b { color: black }\n" * 50, encoding="ascii")
    (source / "notes.md").write_text("For us alone.", encoding="ascii")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    yield source
    staticfiles_storage.hashed_files = {}


def test_files_are_packed_once_and_again_when_one_changes(folder: Path) -> None:
    plain = static("ink.css")
    found = [assets.pack_assets_if_changed(), assets.pack_assets_if_changed()]
    first = static("ink.css")
    (folder / "paper.css").write_text("b { color: red }\n", encoding="ascii")
    found.append(assets.pack_assets_if_changed())

    assert found == [True, False, True]
    assert plain == "/static/ink.css"
    assert len({plain, first, static("ink.css")}) == 3
    with pytest.raises(ValueError, match="notes"):
        static("notes.md")


@pytest.mark.django_db
def test_a_browser_keeps_a_named_file_for_good_and_gets_it_packed(folder: Path) -> None:
    assets.pack_assets_if_changed()
    named = Client().get(static("ink.css"), headers=PHONE)
    plain = Client().get("/static/ink.css")

    assert named.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert named.headers["Content-Encoding"] == "br"
    assert int(named.headers["Content-Length"]) < 200
    assert plain.headers["Cache-Control"] == "max-age=60, public"
    assert "Set-Cookie" not in named.headers


def test_a_pack_that_breaks_off_leaves_plain_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assets.pack_assets_if_changed()
    (folder / "paper.css").write_text("b { color: red }\n", encoding="ascii")

    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(assets, "call_command", full)
    with pytest.raises(OSError, match="No space"):
        assets.pack_assets_if_changed()

    assert static("ink.css") == "/static/ink.css"


def test_what_a_power_cut_left_of_a_pack_is_packed_anew(folder: Path, settings: Any) -> None:
    assets.pack_assets_if_changed()
    whole = {path: path.read_bytes() for path in settings.STATIC_ROOT.rglob("*") if path.is_file()}
    for path in whole:
        path.write_bytes(b"")
    (settings.STATIC_ROOT / assets.MARK).unlink()

    assert assets.pack_assets_if_changed()
    assert {path: path.read_bytes() for path in whole} == whole
