"""Our words are plain (level B1), the same for the same thing, and in the language of the page."""

import re
from pathlib import Path

import pytest

from proof.words import (
    MOST,
    WORD,
    Said,
    avoided_word_patterns,
    catalogue_texts,
    find_avoided_words,
    markdown_texts,
    readability_figures,
    sentences_by_kind_and_language,
    split_into_sentences,
    text_without_markup,
)

MEAN, NEARLY_ALL = 10, 18  # words: in the mean, and in 95 of 100 sentences
ENGLISH = re.compile(r"(?!x+\b)\b[A-Za-z][a-z]{2,}")


@pytest.fixture(scope="module")
def said() -> list[Said]:
    return [*catalogue_texts(), *markdown_texts()]


def test_no_sentence_is_longer_than_a_breath() -> None:
    found = sentences_by_kind_and_language()

    long = [row for own in found.values() for rows in own.values() for row in rows if len(WORD.findall(row[0])) > MOST]
    measured = {
        (kind, language): readability_figures([sentence for sentence, _ in rows], language)
        for kind, own in found.items()
        for language, rows in own.items()
    }
    assert long == []
    assert [key for key, one in measured.items() if one.mean > MEAN or one.nearly_all > NEARLY_ALL] == []


def test_one_thing_has_one_word_and_no_word_needs_a_dictionary(said: list[Said]) -> None:
    assert find_avoided_words(said, avoided_word_patterns()) == []


def test_no_english_stands_in_another_language(said: list[Said]) -> None:
    english = {piece.text for piece in said if piece.language == "en"}

    left = {piece.text for piece in said if piece.language != "en" and piece.text in english}
    assert sorted(text for text in left if len(ENGLISH.findall(text_without_markup(text))) > 1) == []


def test_faults_are_found(tmp_path: Path) -> None:
    glossary = tmp_path / "glossary.md"
    glossary.write_text(
        "## Words we leave\n| Language | not | but |\n| fr | courriel*, en vue de | e-mail |\n## More\n| fr | a | b |"
    )
    table = avoided_word_patterns(glossary)
    said = [
        Said("fr", "a", "Deux courriels, en vue de {x}."),
        Said("nl", "b", "courriel"),
        Said("fr", "c", "mon-courriel"),
    ]

    assert find_avoided_words(said, table) == ["a (fr): courriels: write e-mail", "a (fr): en vue de: write e-mail"]
    assert split_into_sentences("# One two three\n**Five** words are in it. Ask %(who)s now: he is there today!") == [
        "Five words are in it.",
        "he is there today!",
    ]
    assert readability_figures(["a b c d", "a b c d e f considerably"], "en").long_words == 9.1
