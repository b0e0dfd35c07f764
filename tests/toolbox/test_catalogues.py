"""The catalogues of all rooms become one a language, and say what each of them says."""

import gettext
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import ngettext, override
from django.utils.translation.trans_real import translation


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_every_room_is_heard_out_of_few_tables(language: str) -> None:
    catalogue = translation(language)._catalog
    paths = [Path(folder, language, "LC_MESSAGES", "django.mo") for folder in settings.LOCALE_PATHS]
    rooms = [path for path in paths if path.exists()]

    assert len(catalogue._catalogs) < 10 < len(rooms)
    for path in rooms:
        with path.open("rb") as file:
            words = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        for said, meant in words.items():
            number = said[1] if isinstance(said, tuple) else None
            heard = catalogue.get(said) if number is None else catalogue.plural(said[0], 1 if number == 0 else 2)
            assert said == "" or heard == meant, said


def test_each_language_counts_in_its_own_way() -> None:
    said = {}
    for language in ("fr", "nl"):
        with override(language):
            said[language] = ngettext("%d draft came back to you", "%d drafts came back to you", 0)

    assert said["fr"].startswith("%d brouillon ")
    assert said["nl"].startswith("%d ontwerpen ")
