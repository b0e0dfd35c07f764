"""Whole texts: places are filled literally, and nothing is missing in silence."""

from pathlib import Path

import pytest

from plp.toolbox.texts import TextMissing, text


def test_a_value_is_never_read_as_a_template(tmp_path: Path) -> None:
    (tmp_path / "hello.fr.md").write_text("Bonjour {name} {place}")

    assert text(tmp_path, "hello", "fr", name="{place}", place="ici") == "Bonjour {place} ici"


def test_a_missing_language_or_value_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "hi.fr.md").write_text("Bonjour {name}")

    with pytest.raises(TextMissing):
        text(tmp_path, "hi", "nl", name="x")
    with pytest.raises(TextMissing):
        text(tmp_path, "hi", "fr")
