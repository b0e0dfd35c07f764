"""The guides tell the truth: their bold words stand on pages, their pictures exist, and their sentences are short."""

import re
from functools import cache

import pytest

from plp.ops.catalogues.files import originals_of, path_of_language_catalogue, read_catalogue, translations_of
from plp.ops.environment import PACKAGE
from plp.portal.subjects.guide import library
from plp.portal.subjects.guide.contents import GUIDES
from plp.toolbox.texts import LANGUAGES, text
from proof.guide_scenes import GUIDE_SCENES, MOST

TEXTS = [*GUIDES, library.COMPARED, library.CARD]
OWN = {"STOP", "OK", "101", "112", "./plp appoint --help"}  # bold, and on no page
LONGEST_SENTENCE = 28  # words: plain language
TOGETHER = 4_000_000  # bytes of all pictures


@cache
def on_pages(language: str) -> set[str]:
    """Every word of our catalogue in a language; in English, what is translated."""
    source = "fr" if language == "en" else language
    forms_of = originals_of if language == "en" else translations_of
    return {
        form
        for message in read_catalogue(path_of_language_catalogue(PACKAGE, source), source)
        for form in forms_of(message)
    }


def shown(language: str) -> set[str]:
    """The pictures that the guides of a language show."""
    return {
        name for key in GUIDES for name in library.picture_names_in_text(text(library.TEXTS, key, language, link="x"))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_bold_stands_on_a_page(language: str) -> None:
    bold = {
        words
        for key in (*GUIDES, library.CARD)
        for words in re.findall(r"\*\*(.+?)\*\*", text(library.TEXTS, key, language, link="x"))
    }

    assert sorted(bold - OWN - on_pages(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_have_the_same_parts_and_short_sentences(language: str) -> None:
    for key in TEXTS:
        words, french = text(library.TEXTS, key, language, link="x"), text(library.TEXTS, key, "fr", link="x")
        for sign in (r"^## ", r"^- ", r"^\d+\. ", r"^> ", r"^\|", r"^!\["):
            assert len(re.findall(sign, words, re.M)) == len(re.findall(sign, french, re.M)), (key, sign)
        sentences = re.split(r"[.!?:;]\s|\n|\|", words)
        assert max(len(sentence.split()) for sentence in sentences) <= LONGEST_SENTENCE, key


@pytest.mark.parametrize("key", GUIDES)
def test_each_guide_tells_each_task(key: str) -> None:
    tasks = [task.key for task in GUIDES[key].tasks]

    assert [[section.task.key for section in library.guide_sections(GUIDES[key], one)] for one in LANGUAGES] == [
        tasks
    ] * 4


def test_every_picture_shows_a_page_and_is_small() -> None:
    files = {path.relative_to(library.PICTURES).as_posix(): path for path in library.PICTURES.glob("guide/*/*.webp")}

    assert sorted(files) == sorted(
        f"guide/{language}/{scene.name}.webp" for language in LANGUAGES for scene in GUIDE_SCENES
    )
    assert sorted(files) == sorted(set().union(*map(shown, LANGUAGES)))
    assert {scene.name for scene in GUIDE_SCENES} == {
        f"{guide.key}-{one.key}" for guide in GUIDES.values() for one in guide.tasks
    }
    assert [name for name, path in files.items() if path.stat().st_size > MOST] == []
    assert sum(path.stat().st_size for path in files.values()) <= TOGETHER
