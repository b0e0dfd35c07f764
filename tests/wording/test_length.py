"""The length of an SMS: alphabet, units and segments of 3GPP TS 23.038, and the plain spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plp.wording.check import check
from plp.wording.length import BASIC, EXTENSION, count_segments, gsm7_spelling_if_possible

COMPOSED = st.text(max_size=400)


@pytest.mark.parametrize("character", "éèàùÉÇäöüßñÄ£€@")
def test_letters_of_the_seven_bit_alphabet_pass(character: str) -> None:
    assert count_segments(character).alphabet == "gsm7"


@pytest.mark.parametrize("character", "ïëêôâçœ—’“…🚨")
def test_other_letters_force_two_bytes(character: str) -> None:
    measured = count_segments(f"vol {character}")

    assert (measured.alphabet, measured.foreign) == ("ucs2", (character,))


@pytest.mark.parametrize(
    ("text", "units", "parts"),
    [
        ("", 0, 0),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("ë" * 70, 70, 1),
        ("ë" * 71, 71, 2),
        ("ë" * 134, 134, 2),
        ("ë" * 135, 135, 3),
        ("🚨" * 35, 70, 1),
    ],
)
def test_units_and_segments(text: str, units: int, parts: int) -> None:
    measured = count_segments(text)

    assert (measured.units, measured.segments) == (units, parts)


def test_a_character_of_two_units_is_not_cut() -> None:
    measured = count_segments("a" * 152 + "€" + "a" * 152)

    assert (measured.units, measured.segments) == (306, 3)


def test_the_plain_spelling_keeps_what_it_can() -> None:
    measured = count_segments("Noël : ça va… l’œil — 3 × 5")

    assert measured.plain == "Noel : ca va... l'oeil - 3 x 5"
    assert measured.foreign == ("ë", "ç", "…", "’", "œ", "—", "×")


def test_decomposed_accents_count_once() -> None:
    assert count_segments("e\u0301").units == 1


@given(COMPOSED)
def test_the_plain_spelling_is_always_seven_bit_and_stable(text: str) -> None:
    plain = count_segments(text).plain

    assert set(plain) <= BASIC | EXTENSION
    assert count_segments(plain).plain == plain


def test_a_long_alarm_carries_a_note_and_no_finding() -> None:
    text = "Tentative de vol. " * 20

    report = check(text, language="fr", kind="alarm")

    assert (report.verdict, [(note.key, note.value, note.limit) for note in report.notes]) == (
        "ok",
        [("length", 360, 320)],
    )


def test_a_long_newsletter_carries_none() -> None:
    assert check("Tentative de vol. " * 20, language="fr", kind="newsletter").notes == ()


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Être prêt à temps, forêt, cœur", "Etre pret à temps, foret, coeur"),
        ("Fermez à clé", "Fermez à clé"),
        ("Reëel, coördinator", "Reeel, coördinator"),
        ("Prêt 👍", "Prêt 👍"),
        ("Прêt", "Прêt"),
    ],
)
def test_a_text_is_spelled_plainly_only_if_no_letter_goes_lost(text: str, spelled: str) -> None:
    assert gsm7_spelling_if_possible(text) == spelled
