"""What the message check promises whatever the message."""

import time

import pytest

from plp.wording.check import LANGUAGES, RULES, Note, advice, check, reason


def rules(text: str, language: str = "fr", kind: str = "infoflash") -> set[str]:
    return {finding.rule for finding in check(text, language=language, kind=kind).findings}


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(ValueError, match="unknown language 'es'"):
        check("Hola", language="es", kind="alarm")


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(ValueError, match="unknown kind 'gossip'"):
        check("Bonjour", language="fr", kind="gossip")


def test_a_finding_says_where_it_is_in_the_text_as_written() -> None:
    text = "Vol hier. Appelez-moi au 0475 12 34 56, merci."

    [finding] = check(text, language="fr", kind="alarm").findings

    assert (finding.rule, finding.excerpt) == ("phone_number", "0475 12 34 56")
    assert text[finding.start : finding.end] == finding.excerpt


def test_a_span_counts_invisible_characters_too() -> None:
    text = "Patr\u200bouil\u00adlons ce soir !"

    [finding] = check(text, language="fr", kind="coordinator_note").findings

    assert finding.rule == "patrol_call"
    assert finding.excerpt == text[finding.start : finding.end]
    assert finding.excerpt.startswith("Patr\u200bouil")


def test_nobody_overrides_ethnic_wording_and_only_the_police_the_rest() -> None:
    text = "Deux individus de type nord-africain. Suivez-les discrètement. Appelez le 0475 12 34 56."

    overrides = {finding.rule: finding.override for finding in check(text, language="fr", kind="alarm").findings}

    assert overrides == {"ethnic_profiling": "none", "confront_search": "police", "phone_number": "police"}


def test_a_missing_person_notice_may_name_the_person_with_a_warning() -> None:
    text = "Disparition de Léa Dumont, 14 ans. Appelez le 116000."

    assert check(text, language="fr", kind="missing_person").verdict == "warn"
    assert check(text, language="fr", kind="infoflash").verdict == "hold"


def test_only_a_coordinator_is_held_for_speaking_as_the_police() -> None:
    text = "Ici la police locale. Nous avons contrôlé deux véhicules."

    assert "impersonates_police" in rules(text, kind="coordinator_note")


def test_a_long_alarm_is_noted_without_a_verdict() -> None:
    report = check("Restez chez vous. " * 20, language="fr", kind="alarm")

    assert report.verdict == "ok"
    assert report.notes == (Note("length", 360, 320),)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_reason_and_an_advice_in_every_language(rule: str, language: str) -> None:
    assert reason(rule, language).endswith((".", "!", "»", "“", "”", "'"))
    assert 15 <= len(advice(rule, language)) <= 300


def test_an_unknown_rule_has_no_words() -> None:
    with pytest.raises(ValueError, match="no words for rule 'weather'"):
        advice("weather", "fr")


HOSTILE = {
    "one letter": "a" * 100_000,
    "letters": "a b " * 25_000,
    "digits": "04 " * 33_000,
    "mails": "x@x." * 25_000,
    "capitals": "Aa Bb " * 16_000,
    "plates": "1-A" * 33_000,
    "streets": "rue de " * 14_000,
    "invisible": "\u200ba" * 50_000,
    "accents": "e\u0301" * 50_000,
    "calls": "ne suivez pas " * 7_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_of_100_kb_costs_no_more_than_a_moment(name: str) -> None:
    check("Bonjour", language="fr", kind="alarm")

    began = time.process_time()
    check(HOSTILE[name], language="fr", kind="alarm")

    assert time.process_time() - began < 2  # about 0.5 s on a quiet machine
