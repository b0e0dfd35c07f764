"""The catalogues against the source: what is missing, fuzzy, empty, unused, not compiled, or has no home."""

import shutil
import subprocess
from pathlib import Path

import pytest

from plp.ops import catalogues
from plp.ops.house import program

pytestmark = pytest.mark.gettext
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
SOURCE = (
    'from django.utils.translation import gettext as _\n\nGREETING = _("Good morning")\nPARTING = _("Good night")\n'
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one room that has two words, translated into three languages."""
    room = tmp_path / "house" / "room"
    room.mkdir(parents=True)
    (room / "words.py").write_text(SOURCE)
    for language, words in {
        "fr": ("Bonjour", "Bonne nuit"),
        "nl": ("Goedemorgen", "Goedenacht"),
        "de": ("Morgen", "Nacht"),
    }.items():
        write(room, language, f'msgid "Good morning"\nmsgstr "{words[0]}"\n\nmsgid "Good night"\nmsgstr "{words[1]}"\n')
    return tmp_path / "house"


def write(room: Path, language: str, entries: str, *, compiled: bool = True) -> None:
    """A catalogue of ``room``, with its compiled file."""
    catalogue = room / "locale" / language / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    catalogue.write_text(HEADER + entries)
    if compiled:
        subprocess.run([str(program("msgfmt")), "-o", catalogue.with_suffix(".mo"), catalogue], check=True)


def test_complete_catalogues_have_no_fault(package: Path) -> None:
    assert catalogues.faults(package) == []


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ('msgid "Good morning"\nmsgstr "Goedemorgen"\n', "but not defined"),
        ('msgid "Good morning"\nmsgstr "Goedemorgen"\n\nmsgid "Good night"\nmsgstr ""\n', "is untranslated"),
        (
            'msgid "Good morning"\nmsgstr "Goedemorgen"\n\n#, fuzzy\nmsgid "Good night"\nmsgstr "Nacht"\n',
            "needs to be reviewed",
        ),
    ],
)
def test_a_word_that_is_missing_empty_or_fuzzy_is_found(package: Path, entries: str, fault: str) -> None:
    write(package / "room", "nl", entries)

    found = catalogues.faults(package)

    assert len([line for line in found if fault in line and line.endswith('msgid "Good night"')]) == 1
    assert {line.split(":")[0] for line in found} == {"house/room/locale/nl/LC_MESSAGES/django.po"}


def test_a_compiled_file_that_is_not_in_step_is_found(package: Path) -> None:
    entries = 'msgid "Good morning"\nmsgstr "Guten Morgen"\n\nmsgid "Good night"\nmsgstr "Gute Nacht"\n'
    write(package / "room", "de", entries, compiled=False)

    found = catalogues.faults(package)

    assert [line.split(":")[0] for line in found] == ["house/room/locale/de/LC_MESSAGES/django.po"]


def test_a_language_and_a_room_without_a_catalogue_are_found(package: Path) -> None:
    shutil.rmtree(package / "room" / "locale" / "fr")
    (package / "other").mkdir()
    (package / "other" / "words.py").write_text(SOURCE)

    assert catalogues.faults(package) == [
        "other has 2 words but no locale folder: other/words.py:3 ...",
        "house/room/locale/fr/LC_MESSAGES/django.po does not exist",
    ]


def test_without_gettext_it_says_how_to_get_it(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "program", lambda _name: None)

    assert catalogues.faults(package) == ["gettext is missing: apt install gettext"]


def test_words_that_cannot_be_gathered_are_the_one_fault(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "template_of", lambda _copy: "xgettext: syntax error")

    assert catalogues.faults(package) == ["xgettext: syntax error"]


def test_a_catalogue_that_nobody_compiled_is_found(package: Path) -> None:
    catalogue = package / "room" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    catalogue.with_suffix(".mo").unlink()

    assert not catalogues.is_compiled(catalogue)
    assert len(catalogues.faults(package)) == 1
