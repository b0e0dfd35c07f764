"""The catalogues against the source: what is missing, fuzzy, untranslated, not used, or not laid out as ours."""

from pathlib import Path

import pytest

from plp.ops.catalogues import comparison
from plp.ops.catalogues.files import path_of_language_catalogue
from tests.ops.catalogues.house import build, entry, write

MORNING = entry("Good morning", "Goedemorgen")
NIGHT = entry("Good night", "Goedenacht")
DUTCH = "house/locale/nl/LC_MESSAGES/django.po"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return build(tmp_path)


def test_complete_catalogues_have_no_fault(package: Path) -> None:
    assert comparison.catalogue_faults(package) == []


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ([MORNING], 'missing, asked for in house/room/words.py:4: "Good night"'),
        ([MORNING, entry("Good night", "")], 'not translated: "Good night"'),
        ([MORNING, f"#, fuzzy\n{NIGHT}"], 'fuzzy, read it again: "Good night"'),
        ([entry("Good day", "Goedendag"), MORNING, NIGHT], 'not used anywhere: "Good day"'),
        (
            [MORNING, entry("Good night", "Goedenacht %(name)s")],
            '%(name)s stands in one of original and translation: "Good night"',
        ),
        ([NIGHT, MORNING], "not sorted and laid out as python -m plp.ops.catalogues does"),
    ],
)
def test_each_fault_is_named_with_its_message(package: Path, entries: list[str], fault: str) -> None:
    write(package, "nl", *entries)

    assert comparison.catalogue_faults(package) == [f"{DUTCH}: {fault}"]


def test_a_language_without_a_catalogue_is_found(package: Path) -> None:
    path_of_language_catalogue(package, "nl").unlink()

    assert comparison.catalogue_faults(package) == [f"{DUTCH}: does not exist"]


def test_a_message_of_several_places_names_the_first(package: Path) -> None:
    (package / "room" / "more.py").write_text('from django.utils.translation import gettext as _\n\nX = _("Late")\n')
    (package / "tail").mkdir()
    (package / "tail" / "again.py").write_text('from django.utils.translation import gettext as _\nX = _("Late")\n')

    fault = 'missing, asked for in house/room/more.py:3 and 1 more: "Late"'
    assert comparison.catalogue_faults(package) == [
        f"house/locale/{language}/LC_MESSAGES/django.po: {fault}" for language in ("fr", "nl", "de")
    ]


def test_a_plural_has_a_form_for_several(package: Path) -> None:
    (package / "room" / "words.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n\n"
        'GREETING, PARTING = _("Good morning"), ngettext("Good night", "Good nights", 2)\n'
    )

    assert comparison.catalogue_faults(package)[0].endswith('one form where the source asks for several: "Good night"')


def test_the_form_for_one_may_do_without_the_number(package: Path) -> None:
    (package / "room" / "words.py").write_text(
        'from django.utils.translation import ngettext\n\nCOUNT = ngettext("One night", "%d nights", 2)\n'
    )
    plural = 'msgid "One night"\nmsgid_plural "%d nights"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n'
    for language, forms in {
        "fr": ("Une nuit", "%d nuits"),
        "nl": ("%d nacht", "%d nachten"),
        "de": ("x", "%s y"),
    }.items():
        write(package, language, f"#, python-format\n{plural.format(*forms)}")

    assert comparison.catalogue_faults(package) == [
        'house/locale/de/LC_MESSAGES/django.po: %d, %s stands in one of original and translation: "One night"'
    ]
