"""French words are set as French sets them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plp.toolbox.words import alphabetical_key, fold, french_nbsp


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Que faire ?", "Que faire\u00a0?"),
        ("Il dit « Non ! » ; rien d’autre : voilà", "Il dit «\u00a0Non\u00a0!\u00a0»\u00a0; rien d’autre\u00a0: voilà"),
        ("| a | :--- |", "| a | :--- |"),
        ("un ![qr]({link})", "un ![qr]({link})"),
        (":::", ":::"),
        ("12:30 https://x.example/?a=b", "12:30 https://x.example/?a=b"),
    ],
)
def test_a_space_before_a_sign_does_not_break(typed: str, shown: str) -> None:
    assert french_nbsp(typed) == shown
    assert french_nbsp(shown) == shown


def test_names_stand_as_in_a_dictionary() -> None:
    names = ["Zoé", "Etterbeek", "Évere", "Eupen", "IJzer", "Ixelles", "Straße", "Strasse", "straat", "Œuf", "Odeur"]

    assert sorted(names, key=alphabetical_key) == [
        "Etterbeek", "Eupen", "Évere", "IJzer", "Ixelles", "Odeur", "Œuf", "straat", "Strasse", "Straße", "Zoé",
    ]  # fmt: skip


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_fold_as_they_do_beside_an_accent(text: str) -> None:
    assert f"{fold(text)} e".strip() == fold(f"{text} é")
