"""The easy-to-read letter: the police's words unchanged, a sentence a line, between short fixed parts (R66)."""

import io
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ContentStream

from plp.channels.paper import PaperRecipient, letters_pdf
from plp.channels.paper.easy_to_read import split_paragraphs, split_sentences
from plp.charter.kinds import KINDS
from plp.delivery.channel import Text
from tests.channels.test_paper import BODIES, LANGUAGES, SUBJECTS, alternatives, elements, message, receiver

TITLES = {
    "fr": (
        "Lettre de la police aux membres du",
        "De quoi il s’agit",
        "Ce que vous pouvez faire",
        "Qui appeler",
    ),
    "nl": ("Brief van de politie aan de leden van", "Waarover het gaat", "Wat u kunt doen", "Wie u kunt bellen"),
    "de": ("Brief der Polizei an die Mitglieder von", "Worum es geht", "Was Sie tun können", "Wen Sie anrufen können"),
    "en": ("Letter from the police to the members of", "What it is about", "What you can do", "Who to call"),
}


def easy(**changes: Any) -> PaperRecipient:
    return replace(receiver(), easy=True, **changes)


def lines(made: bytes) -> list[str]:
    pages = PdfReader(io.BytesIO(made)).pages
    return [" ".join(line.split()) for page in pages for line in page.extract_text().splitlines()]


@pytest.mark.parametrize(
    ("language", "line", "found"),
    [
        ("fr", "M. Dupont a appelé. Il va bien !  Et vous ?", ["M. Dupont a appelé.", "Il va bien !", "Et vous ?"]),
        ("fr", "Il a dit : « Ouvrez. » Ne faites rien.", ["Il a dit : « Ouvrez. »", "Ne faites rien."]),
        ("fr", "L’art. 3 dit non. Écrivez au n. 12.", ["L’art. 3 dit non.", "Écrivez au n. 12."]),
        ("nl", "Neem o.a. Jan mee. Bel dhr. Peeters.", ["Neem o.a. Jan mee.", "Bel dhr. Peeters."]),
        ("de", "Am 24. November, z.B. Montag. Danke.", ["Am 24. November, z.B. Montag.", "Danke."]),
        (
            "en",
            "It was at no. 24. Lock your door…  (Please.) Thanks",
            ["It was at no. 24.", "Lock your door…", "(Please.)", "Thanks"],
        ),
        ("en", "- one thing", ["- one thing"]),
        ("en", "", []),
    ],
)
def test_a_line_is_parted_into_its_sentences(language: str, line: str, found: list[str]) -> None:
    assert split_sentences(line, language) == found


@given(st.text(alphabet="aB1.!?… \n\u00a0«»()é", max_size=80), st.sampled_from(LANGUAGES))
def test_no_word_is_lost_or_changed(words: str, language: str) -> None:
    parted = split_paragraphs(words, language)

    assert " ".join(sentence for part in parted for sentence in part).split() == words.split()


def test_paragraphs_stay_apart_and_an_end_of_line_ends_a_sentence() -> None:
    assert split_paragraphs("One. Two.\nthree\n \n\nFour.", "en") == [["One.", "Two.", "three"], ["Four."]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_has_its_parts_in_order_and_a_sentence_a_line(language: str) -> None:
    texts = {language: Text("paper", language, SUBJECTS[language], f"Aa bb. Cc dd.\n\n{BODIES[language]}")}
    with translation.override("en"):
        made = lines(letters_pdf(message(texts=texts), [easy(language=language)]))

    told = [made.index(title) for title in TITLES[language][1:]]
    assert f"{TITLES[language][0]} PLP Haren" in " ".join(made[: told[0]])
    assert told == sorted(told)
    assert made[told[0] + 1 : told[0] + 3] == ["Aa bb.", "Cc dd."]
    last = " ".join(made[told[2] :])
    assert all(word in last for word in ("101", "112", "Anne Dubois, 02 555 12 12", "k7m4xq9tz"))


def test_what_stands_above_the_words_of_the_police_comes_from_the_kind() -> None:
    [alarm, advice] = [
        lines(letters_pdf(message(opening=KINDS[kind].opening), [easy()])) for kind in ("alarm", "advice")
    ]

    assert "Ce qui s’est passé" in alarm
    assert "De quoi il s’agit" not in alarm
    assert "Ce qui s’est passé" not in advice
    assert "De quoi il s’agit" in advice


def test_a_letter_that_no_police_zone_wrote_does_not_say_so() -> None:
    made = " ".join(lines(letters_pdf(message(police={}), [easy()])))

    assert "Lettre aux membres du PLP Haren" in made
    assert "Lettre de la police" not in made


def test_it_has_upright_sheets_of_its_own_and_says_where_it_goes_on() -> None:
    order = [receiver("1"), easy(house="3"), receiver("5"), receiver("7"), easy(house="9", large=True)]
    made = PdfReader(io.BytesIO(letters_pdf(message(), order))).pages

    upright = [page.mediabox.height > page.mediabox.width for page in made]
    ends = ["".join(page.extract_text().split())[-3:] for page in made]
    assert upright == [False, True, True, False, True, True]
    assert [end for end, alone in zip(ends, upright, strict=True) if alone] == ["1/2", "2/2"] * 2


def test_no_letter_is_smaller_than_fourteen_points() -> None:
    with_code = message(check="https://plp.example.be/check/")

    assert min(sizes(letters_pdf(with_code, [easy()]))) >= 14
    assert max(sizes(letters_pdf(with_code, [easy(large=True)]))) > max(sizes(letters_pdf(with_code, [easy()])))


def sizes(made: bytes) -> set[float]:
    """The sizes in which the letters of a document are set."""
    reader = PdfReader(io.BytesIO(made))
    streams = [ContentStream(page.get_contents(), reader) for page in reader.pages]
    return {float(operands[1]) for stream in streams for operands, operator in stream.operations if operator == b"Tf"}


def test_its_pictograms_are_decoration_and_its_titles_are_titles() -> None:
    made = letters_pdf(message(), [easy()])

    root = PdfReader(io.BytesIO(made)).trailer["/Root"]["/StructTreeRoot"]
    assert alternatives(made) == []
    assert [kind for one in elements(root) if (kind := one.get("/S")) in {"/H1", "/H2"}] == ["/H1", *["/H2"] * 4]


def test_equal_orders_give_equal_bytes() -> None:
    one, another = (letters_pdf(message(), [easy(), easy(large=True)]) for _ in range(2))

    assert one == another
