"""The alphabet of text messages."""

from plp.toolbox.gsm import ALPHABET, BASIC, EXTENSION, encode_sms, is_gsm7


def test_the_table_has_the_size_of_the_standard() -> None:
    assert (len(BASIC), len(EXTENSION), len(ALPHABET)) == (127, 10, 137)  # 128 places, one of which is the escape


def test_one_letter_decides() -> None:
    assert is_gsm7("Fermez à clé: 5€ [PLP]")
    assert [letter for letter in "çêâîôûëïœ’–" if is_gsm7(letter)] == []


def test_a_letter_outside_of_the_alphabet_is_written_in_two_bytes() -> None:
    assert [encode_sms(words) for words in ("a€", "aç")] == [b"a\x1be", "aç".encode("utf-16-be")]
