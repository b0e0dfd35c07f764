"""What a partnership is called where its name stands alone."""

import pytest

from plp.partnership.signs import sign_and_name


@pytest.mark.parametrize(
    ("kind", "name", "language", "words"),
    [
        ("plp", "Malmedy", "fr", "PLP Malmedy"),
        ("plp_i", "Lembeek", "nl", "BIN-Z Lembeek"),
        ("plp", "Malmedy", "de", "LPP Malmedy"),
        ("plp", "PLP Floreffe", "fr", "PLP Floreffe"),
    ],
)
def test_the_sign_stands_once_before_the_name(kind: str, name: str, language: str, words: str) -> None:
    assert sign_and_name(kind, name, language) == words
