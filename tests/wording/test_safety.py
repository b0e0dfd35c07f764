"""The safety line: added when missing, in part or in whole, never twice (R110)."""

import pytest

from plp.wording.check import KINDS, LANGUAGES
from plp.wording.length import count_segments
from plp.wording.safety import with_safety_line

WHOLE = {
    "fr": "Appelez le 101/112 et n'intervenez pas.",
    "nl": "Bel 101/112, grijp niet zelf in.",
    "de": "Rufen Sie 101/112 an, greifen Sie nicht selbst ein.",
    "en": "Phone 101/112, do not step in yourself.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_alarm_gets_the_whole_line(language: str) -> None:
    text = with_safety_line("Alarm, Kerkstraat", language=language, kind="alarm")

    assert text == f"Alarm, Kerkstraat. {WHOLE[language]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_fits_the_alphabet_of_sms(language: str) -> None:
    assert count_segments(WHOLE[language]).alphabet == "gsm7"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_time_adds_nothing(kind: str, language: str) -> None:
    once = with_safety_line("Verdachte, rue Haute !", language=language, kind=kind)

    assert with_safety_line(once, language=language, kind=kind) == once


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Vol rue Haute. Formez le 101, ne prenez pas de risques."),
        ("fr", "Appelez le 112 et restez chez vous sans intervenir."),
        ("nl", "Bel 101. Kom niet tussenbeide."),
        ("fr", "Appelez le 101. Restez à distance. La police s'en occupe."),
        ("nl", "Bel 101. Blijf op afstand. De politie doet de rest."),
        ("de", "Rufen Sie 101 an. Bleiben Sie weg. Die Polizei kümmert sich darum."),
        ("nl", "Bel 112 en onderneem zelf niets."),
        ("de", "101 anrufen. Schreiten Sie nicht ein."),
        ("de", "Rufen Sie 112, unternehmen Sie selbst nichts."),
        ("en", "Call 101. Don't approach anyone."),
        ("en", "Dial 112 and never intervene."),
    ],
)
def test_what_already_says_it_stays_as_it_is(language: str, said: str) -> None:
    assert with_safety_line(said, language=language, kind="alarm") == said


def test_only_the_missing_half_is_added() -> None:
    number_missing = with_safety_line("Grijp niet zelf in!", language="nl", kind="alarm")
    advice_missing = with_safety_line("Appelez le 101", language="fr", kind="alarm")

    assert number_missing == "Grijp niet zelf in! Bel 101/112."
    assert advice_missing == "Appelez le 101. N'intervenez pas."


def test_the_numbers_are_those_of_the_zone() -> None:
    text = with_safety_line("Vol", language="fr", kind="alarm", numbers=("112",))

    assert text == "Vol. Appelez le 112 et n'intervenez pas."


def test_a_longer_number_does_not_say_the_short_one() -> None:
    assert "Bel 101/112" in with_safety_line("Dossier 1012, grijp niet zelf in", language="nl", kind="alarm")


def test_under_a_mail_the_line_is_a_paragraph() -> None:
    text = with_safety_line("Bonjour,\n\nUn vol a eu lieu.\n", language="fr", kind="infoflash")

    assert text == f"Bonjour,\n\nUn vol a eu lieu.\n\n{WHOLE['fr']}"


def test_an_empty_text_is_the_line_alone() -> None:
    assert with_safety_line(" ", language="de", kind="alarm") == WHOLE["de"]


def test_a_coordinator_note_is_left_alone() -> None:
    assert with_safety_line("Barbecue samedi", language="fr", kind="coordinator_note") == "Barbecue samedi"


@pytest.mark.parametrize(
    ("language", "kind", "numbers"), [("it", "alarm", ("101",)), ("fr", "joke", ("101",)), ("fr", "alarm", ())]
)
def test_unknown_words_are_refused(language: str, kind: str, numbers: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="no safety line"):
        with_safety_line("Vol", language=language, kind=kind, numbers=numbers)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("calamity", "In gevaar? Bel 101/112."),
        ("advice", "Iets verdachts? Bel 101/112."),
        ("newsletter", "Iets verdachts? Bel 101/112."),
        ("feedback", "Iets verdachts? Bel 101/112."),
        ("information_request", "Hebt u iets gezien? Bel 101/112."),
    ],
)
def test_where_nobody_could_be_stopped_the_line_asks_and_says_the_number(kind: str, line: str) -> None:
    assert with_safety_line("De storm komt", language="nl", kind=kind) == f"De storm komt. {line}"
    assert with_safety_line("De storm komt, bel 112", language="nl", kind=kind) == "De storm komt, bel 112"


@pytest.mark.parametrize("name", ["safety_danger", "safety_seen", "safety_suspicious"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_fits_the_alphabet_of_sms(name: str, language: str) -> None:
    line = with_safety_line(
        "", language=language, kind={"danger": "calamity", "seen": "information_request"}.get(name[7:], "advice")
    )

    assert count_segments(line).alphabet == "gsm7"
