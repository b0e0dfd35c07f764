"""From a choice of sentences to a message: the words of values, what goes into the SMS, what is refused."""

import pytest

from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.composer import CORE_UNITS, compose_message_text
from plp.wording.catalogue.composition import WrongChoice, composition_data, composition_from_data
from plp.wording.catalogue.streets import place_with_preposition_text
from plp.wording.catalogue.values import slot_value_as_text
from plp.wording.catalogue.voice import spell_out_numbers
from plp.wording.length import count_segments

PLACES = {"gare": {"fr": "Rue de la Gare", "nl": "Stationsstraat"}}


def data(*rows: tuple[str, dict[str, str]], **more: object) -> dict[str, object]:
    sentences = [{"sentence": key, "slots": slots} for key, slots in rows]
    return {"situation": "attempted_burglary", "sentences": sentences, "places": PLACES, **more}


NOW = ("attempted_burglary.now", {"place": "gare", "hour": "18:30"})


@pytest.mark.parametrize(
    ("language", "core"),
    [
        ("fr", "Une tentative de cambriolage vient d'avoir lieu dans la rue de la Gare, vers 18 h 30."),
        ("nl", "Er was zonet een poging tot inbraak in de Stationsstraat, rond 18.30 uur."),
        ("de", "Im Bereich Rue de la Gare gab es soeben, gegen 18.30 Uhr, einen Einbruchsversuch."),
        ("en", "There has just been an attempted burglary in Rue de la Gare, at about 6.30 pm."),
    ],
)
def test_one_choice_stands_in_four_languages(language: str, core: str) -> None:
    assert compose_message_text(composition_from_data(data(NOW)), language).core == core


@pytest.mark.parametrize(
    ("language", "slot_type", "value", "words", "spoken"),
    [
        ("fr", "hour", "01:00", "1 h", "une heure"),
        ("de", "hour", "13:05", "13.05 Uhr", "dreizehn Uhr fünf"),
        ("de", "hour", "21:00", "21 Uhr", "einundzwanzig Uhr"),
        ("en", "hour", "00:05", "12.05 am", "twelve oh five in the morning"),
        ("nl", "span", "14:00-16:30", "tussen 14 uur en 16.30 uur", "tussen veertien uur en zestien uur dertig"),
        ("fr", "date", "2026-12-01", "le mardi 1er décembre", "le mardi premier décembre"),
        ("de", "date", "2026-12-03", "am Donnerstag, 3. Dezember", "am Donnerstag dem dritten Dezember"),
        ("en", "date", "2026-12-03", "on Thursday 3 December", "on Thursday the third of December"),
        ("nl", "number", "12", "12", "twaalf"),
    ],
)
def test_a_checked_value_is_said_as_its_reader_says_it(
    language: str, slot_type: str, value: str, words: str, spoken: str
) -> None:
    assert slot_value_as_text(slot_type, value, "", language, places={}) == words
    assert slot_value_as_text(slot_type, value, "", language, places={}, is_spoken=True) == spoken


@pytest.mark.parametrize(
    ("names", "language", "words"),
    [
        ({"fr": "Avenue Louise"}, "fr", "dans l'avenue Louise"),
        ({"fr": "Outre-Cour"}, "fr", "à hauteur d'Outre-Cour"),
        ({"fr": "Le Sentier de la Ferme"}, "fr", "sur le Sentier de la Ferme"),
        ({"nl": "Flageyplein"}, "nl", "op het Flageyplein"),
        ({"nl": "Ten Bosse"}, "nl", "ter hoogte van Ten Bosse"),
        ({"de": "Bahnhofstraße"}, "de", "in der Bahnhofstraße"),
        ({"de": "Werthplatz"}, "fr", "à hauteur de Werthplatz"),
    ],
)
def test_a_street_has_its_preposition(names: dict[str, str], language: str, words: str) -> None:
    assert place_with_preposition_text("street", {"street": names}, language) == words


def test_numbers_are_spelt_for_a_voice() -> None:
    assert spell_out_numbers("Appelez le 101 ou le 0800 30 300.", "fr") == (
        "Appelez le cent un ou le zéro huit zéro zéro, trois zéro, trois zéro zéro."
    )


def test_what_is_too_long_for_the_sms_stands_behind_it() -> None:
    rows = [
        NOW,
        *((f"attempted_burglary.{name}", {}) for name in ("lock", "home")),
        ("shared.call", {}),
        ("shared.wait", {}),
    ]

    composed = compose_message_text(composition_from_data(data(*rows)), "de")

    assert count_segments(composed.sms).units <= CORE_UNITS
    assert "Greifen Sie nicht selbst ein." in composed.text


def test_what_is_too_long_in_one_language_stands_behind_in_all_of_them() -> None:
    texts = dict.fromkeys(LANGUAGES, "Here is one fact more.")

    def parts(german: str) -> set[tuple[bool, bool]]:
        own = {"own": {"core": True, "texts": texts | {"de": german}}}
        composition = composition_from_data(data(NOW, ("own", {}), ("shared.wait", {}), own=own))
        composed = [
            (compose_message_text(composition, language), own["own"]["texts"][language]) for language in LANGUAGES
        ]
        assert max(count_segments(words.sms).units for words, _sentence in composed) <= CORE_UNITS
        return {(sentence in words.core, sentence in words.more) for words, sentence in composed}

    assert parts(texts["de"]) == {(True, False)}
    assert parts("Wort " * 30 + "hier.") == {(False, True)}


def test_a_language_that_is_not_sent_shortens_no_sms() -> None:
    words = {"fr": "Un fait.", "nl": "Een feit.", "de": "Wort " * 30 + "hier.", "en": "One fact."}
    composition = composition_from_data(data(NOW, ("own", {}), own={"own": {"core": True, "texts": words}}))

    composed = {language: compose_message_text(composition, language, sent_in=["fr", "nl"]) for language in LANGUAGES}

    assert {language for language, text in composed.items() if words[language] in text.core} == {"fr", "nl", "en"}
    assert count_segments(composed["de"].sms).units <= CORE_UNITS


def test_own_words_are_marked_where_they_are_in_another_language() -> None:
    composition = composition_from_data(data(NOW, additions={"fr": "La place est fermée."}))

    assert compose_message_text(composition, "fr").text.endswith("La place est fermée.")
    assert compose_message_text(composition, "nl").text.endswith(
        "De politie voegt dit toe, alleen in het Frans:\nLa place est fermée."
    )


def test_facts_and_own_words_stand_in_the_sms_before_advice() -> None:
    """Counterfeit notes are what it is about, however far behind advice they stand (the order of the text stays)."""
    rows = [("change", {"lately": "days", "place": "quarter"}), ("one", {}), ("notes", {"place": "quarter"})]
    table = {
        "situation": "till_trick",
        "sentences": [{"sentence": f"till_trick.{key}", "slots": slots} for key, slots in rows],
        "places": {},
        "additions": {"nl": "Kijk elk biljet van 50 euro na."},
    }
    own_words = composition_from_data(table)

    dutch = compose_message_text(own_words, "nl", sent_in=["nl"])

    assert "Er zijn valse biljetten in omloop" in dutch.core
    assert dutch.core.endswith("Kijk elk biljet van 50 euro na.")
    assert "Kijk elk biljet" not in dutch.more
    assert dutch.more == "Berg het biljet pas op als het wisselgeld gegeven is."


def test_a_correction_says_what_changed() -> None:
    assert compose_message_text(composition_from_data(data(NOW, changed=["hour"])), "en").core.startswith(
        "Corrected: the time. There "
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"situation": "attempted_burglary"},
        data(("attempted_burglary.now", {"place": "gare"})),
        data(("attempted_burglary.now", {"place": "gare", "hour": "25:00"})),
        data(("attempted_burglary.now", {"place": "elsewhere", "hour": "18:30"})),
        data(("nobody.knows", {})),
        data(NOW) | {"places": {"gare": {"fr": "Rue de la Gare 12"}}},
        data(),
    ],
)
def test_what_is_not_of_the_catalogue_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(WrongChoice):
        composition_from_data(wrong)


def test_a_composition_is_stored_with_the_places_it_uses() -> None:
    stored = composition_data(composition_from_data(data(NOW) | {"places": PLACES | {"other": {"fr": "Rue Haute"}}}))

    assert stored["places"] == PLACES
    assert composition_data(composition_from_data(stored)) == stored
