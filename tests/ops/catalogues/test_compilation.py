"""A compiled catalogue is made when its source changed, and is never stale."""

import gettext
import os
from pathlib import Path

import pytest
from django.utils.translation import ngettext, override
from django.utils.translation.trans_real import translation

from plp.ops.catalogues import compilation
from plp.ops.catalogues.compilation import CannotCompile, compile_stale_catalogues
from plp.ops.catalogues.files import (
    CATALOGUES,
    originals_of,
    path_of_language_catalogue,
    read_catalogue,
    translations_of,
)
from plp.ops.environment import PACKAGE
from tests.ops.catalogues.house import build, entry, write


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return build(tmp_path)


def greeting(package: Path) -> str:
    with path_of_language_catalogue(package, "nl").with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext("Good morning")


def test_each_catalogue_is_compiled_once(package: Path) -> None:
    compiled = compile_stale_catalogues(package / "locale")

    assert compiled == sorted(
        path_of_language_catalogue(package, language).with_suffix(".mo") for language in CATALOGUES
    )
    assert compile_stale_catalogues(package / "locale") == []
    assert greeting(package) == "Goedemorgen"


def test_the_minute_of_the_compilation_is_nowhere_in_it(package: Path) -> None:
    """Else a release made again a minute later would have another checksum."""
    compile_stale_catalogues(package / "locale")

    with path_of_language_catalogue(package, "nl").with_suffix(".mo").open("rb") as file:
        head = gettext.GNUTranslations(file).info()
    assert head["pot-creation-date"] == "2020-01-01 00:00+0000"


@pytest.mark.parametrize("seconds", [1, -1_000_000])  # edited since; unpacked from an older archive
def test_a_source_of_another_time_is_compiled_anew(package: Path, seconds: int) -> None:
    compile_stale_catalogues(package / "locale")
    before = path_of_language_catalogue(package, "nl").stat().st_mtime
    source = write(package, "nl", entry("Good morning", "Dag"))
    os.utime(source, (before + seconds, before + seconds))

    assert compile_stale_catalogues(package / "locale") == [source.with_suffix(".mo")]
    assert greeting(package) == "Dag"


def test_nothing_but_whole_catalogues_is_left_behind(package: Path) -> None:
    compile_stale_catalogues(package / "locale")

    names = sorted(path.name for path in path_of_language_catalogue(package, "nl").parent.iterdir())
    assert names == ["django.mo", "django.po"]
    assert path_of_language_catalogue(package, "nl").with_suffix(".mo").stat().st_mode & 0o777 == 0o644


def test_a_folder_that_may_not_be_written_is_told(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(compilation.tempfile, "NamedTemporaryFile", refuse)

    with pytest.raises(CannotCompile, match=r"django\.mo is older than its source and cannot be written \(Permission"):
        compile_stale_catalogues(package / "locale")


@pytest.mark.parametrize("language", CATALOGUES)
def test_django_says_each_translation(language: str) -> None:
    heard = translation(language)

    for message in read_catalogue(path_of_language_catalogue(PACKAGE, language), language):
        context = f"{message.context}\x04" if message.context else ""
        forms = [f"{context}{original}" for original in originals_of(message)]
        for number, words in enumerate(translations_of(message), start=1):
            assert (heard.ngettext(*forms, number) if len(forms) > 1 else heard.gettext(*forms)) == words


def test_each_language_counts_in_its_own_way() -> None:
    said = {}
    for language in ("fr", "nl"):
        with override(language):
            said[language] = ngettext("%d draft came back to you", "%d drafts came back to you", 0)

    assert said["fr"].startswith("%d brouillon ")
    assert said["nl"].startswith("%d ontwerpen ")
