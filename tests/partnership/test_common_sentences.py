"""The common sentences: whole in four languages, and found again by their words."""

import pytest

from plp.launch.crime_promises import promises_fewer_crimes
from plp.partnership.common_sentences import TOPICS, common_sentences, translations_of
from plp.partnership.statements import cleaned_statement
from plp.toolbox.words import french_nbsp


def test_there_are_some_150_of_twelve_topics() -> None:
    assert len(TOPICS) == 12
    assert sum(len(common_sentences(topic)) for topic in TOPICS) >= 150


@pytest.mark.parametrize("topic", TOPICS)
def test_each_is_said_in_four_languages_once_and_promises_no_fall_in_crime(topic: str) -> None:
    sentences = common_sentences(topic)

    for language in ("fr", "nl", "de", "en"):
        words = [sentence[language] for sentence in sentences]
        assert [cleaned_statement(text) for text in words] == words
        assert len({text.casefold() for text in words}) == len(words)
        assert not [text for text in words if promises_fewer_crimes(text) or ("'" in text and language in {"fr", "nl"})]
    assert [french_nbsp(sentence["fr"]) for sentence in sentences] == [sentence["fr"] for sentence in sentences]


def test_a_sentence_is_known_by_its_words_however_they_are_typed() -> None:
    sisters = translations_of("access", "de plain pied", "fr")

    assert sisters == {"nl": "Gelijkvloers.", "de": "Ebenerdig.", "en": "Step-free."}
    assert translations_of("access", "Par la fenêtre", "fr") == {}
