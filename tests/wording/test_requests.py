"""Words by hand say what people should do, or do not: read as the sentences of the catalogue that ask."""

import pytest

from plp.wording.catalogue.reader import sentences
from plp.wording.catalogue.requests import tells_what_to_do


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_every_sentence_of_the_catalogue_that_asks_is_read_as_one_and_few_others_are(language: str) -> None:
    texts = [(sentence.is_request, sentence.texts.get(language, "")) for sentence in sentences().values()]

    missed = [words for asks, words in texts if asks and words and not tells_what_to_do(words, language)]
    mistaken = [words for asks, words in texts if not asks and tells_what_to_do(words, language)]

    assert missed == []
    assert len(mistaken) <= 4


@pytest.mark.parametrize(
    ("language", "words", "is_asked"),
    [
        ("fr", "Vol rue Haute. Un homme est parti à vélo.", False),
        ("fr", "Vol rue Haute. Merci de téléphoner au 101.", True),
        ("fr", "Avez-vous un chien ?", False),
        ("nl", "Diefstal in de Hoogstraat. De dader is weg.", False),
        ("nl", "Diefstal in de Hoogstraat. Drink geen kraanwater.", True),
        ("nl", "Diefstal in de Hoogstraat. Antwoord op dit bericht.", True),
        ("en", "Theft in the High Street. Reply to this message.", True),
        ("nl", "Valse bankbediende aan de telefoon. Hang op.", True),
        ("de", "Diebstahl in der Hochstraße. Der Täter ist weg.", False),
        ("de", "Diebstahl in der Hochstraße: Halten Sie die Tür zu.", True),
        ("en", "Theft in High Street. He left by bike.", False),
        ("en", "Theft in High Street. Don't open the door.", True),
    ],
)
def test_words_by_hand_ask_something_or_do_not(language: str, words: str, is_asked: bool) -> None:
    assert tells_what_to_do(words, language) is is_asked
