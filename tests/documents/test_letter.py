"""A letter: its parts, its address in the window of the envelope on either side, one page where one is enough."""

import io

import pytest
from pypdf import PdfReader

from plp.documents import Blank, Document, Lines, Missing, PrintOrder, compose, pdfs
from plp.documents.blocks import AnswerLine, ListBlock, Paragraph, TableBlock, plain_text
from plp.documents.composition import required_placeholders
from plp.documents.letter import WINDOWS, parts_of_letter, split_at_line_breaks
from tests.documents.sample import AT

HEAD = "Zone de police\\\nCommune\n\nAu bourgmestre\\\n1120 Bruxelles\n\nHaren, le 3 mai\n\n"
SOURCE = HEAD + "# Objet\n\n{words}\n\n---\n\n## Annexe\n\nFin."
MILLIMETRE = 72 / 25.4


def letter(words: str = "Bonjour.") -> Document:
    return compose(SOURCE, {"words": words}, language="fr", title="Lettre")


def test_a_letter_is_a_text_whose_title_comes_after_sender_address_and_day():
    parts = parts_of_letter(letter())

    assert parts is not None
    assert [plain_text(line) for line in split_at_line_breaks(parts.sender)] == ["Zone de police", "Commune"]
    assert [plain_text(line) for line in split_at_line_breaks(parts.address)] == ["Au bourgmestre", "1120 Bruxelles"]
    assert plain_text(parts.day) == "Haren, le 3 mai"
    assert (len(parts.body), len(parts.annexes)) == (2, 2)


def test_a_text_that_begins_with_its_title_is_no_letter():
    assert parts_of_letter(compose("# A\n\nb\n\nc\n\nd", {}, language="fr", title="A")) is None


def test_the_address_stands_in_the_window_on_either_side():
    prints = [PrintOrder(letter(), window=side) for side in WINDOWS]

    for side, content in zip(WINDOWS, pdfs(prints, at=AT), strict=True):
        (across, below_top), *_others = places_of_words(content, "bourgmestre")
        assert WINDOWS[side] <= across <= WINDOWS[side] + 20, side
        assert 45 <= below_top <= 69, side


def places_of_words(content: bytes, words: str) -> list[tuple[float, float]]:
    """Where ``words`` stand on the first page, in millimetres from its left and upper edge."""
    found: list[tuple[float, float]] = []

    def visit(text: str, page: list[float], line: list[float], _font: object, _size: object) -> None:
        if words in text:
            across = page[0] * line[4] + page[2] * line[5] + page[4]
            up = page[1] * line[4] + page[3] * line[5] + page[5]
            found.append((across / MILLIMETRE, 297 - up / MILLIMETRE))

    PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize(("sentences", "pages"), [(10, 1), (60, 1), (160, 3)])
def test_what_is_signed_stays_on_a_page_where_one_is_enough(sentences, pages):
    """A short annex stands below it, where what is signed needs no second page."""
    (content,) = pdfs([PrintOrder(letter("Voici une phrase de huit mots en tout. " * sentences))], at=AT)

    assert len(PdfReader(io.BytesIO(content)).pages) == pages


@pytest.mark.parametrize(("streets", "sentences", "pages"), [(5, 100, 1), (430, 60, 2)])
def test_the_streets_of_a_few_corners_stand_below_a_letter_and_those_of_a_town_on_one_page(streets, sentences, pages):
    names = Lines([f"Rue du Puits {number}" for number in range(streets)])
    source = HEAD + "# Objet\n\n{words}\n\n---\n\n## Annexe : les rues\n\n{streets}"
    words = "Voici une phrase de huit mots en tout. " * sentences
    document = compose(source, {"words": words, "streets": names}, language="fr", title="Lettre")

    (content,) = pdfs([PrintOrder(document)], at=AT)

    shown = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert len(shown) == pages
    assert f"Puits {streets - 1}" in " ".join(shown[-1].split())


@pytest.mark.parametrize(("paragraphs", "pages"), [(38, 1), (42, 1), (60, 2)])
def test_a_letter_of_a_few_lines_too_many_closes_its_gaps_so_that_nobody_signs_a_page_alone(paragraphs, pages):
    source = f"{HEAD}# Objet\n\n" + "\n\n".join(["Une phrase."] * paragraphs)

    (content,) = pdfs([PrintOrder(compose(source, {}, language="fr", title="Lettre"))], at=AT)

    assert len(PdfReader(io.BytesIO(content)).pages) == pages


def test_what_asks_for_an_optional_place_is_left_out_until_it_is_known():
    table = "| x | y |\n| --- | --- |\n| Jour | {day?} |\n| Nom | {name} |"
    source = f"# A\n\nLe {{day?}}.\n\n- Jour : {{day?}}\n- Nom : {{name}}\n\n{table}"

    unknown = compose(source, {"day": Missing("le jour"), "name": "B"}, language="fr", title="A")
    known = compose(source, {"day": "3 mai", "name": "B"}, language="fr", title="A")

    assert unknown.missing == ()
    assert shape_of(unknown) == (0, 1, 1)
    assert shape_of(known) == (1, 2, 2)
    assert required_placeholders(source) == {"name"}


def shape_of(document: Document) -> tuple[int, int, int]:
    """How many paragraphs, entries and rows there are."""
    paragraphs = sum(isinstance(block, Paragraph) for block in document.blocks)
    entries = sum(len(block.items) for block in document.blocks if isinstance(block, ListBlock))
    rows = sum(len(block.rows) for block in document.blocks if isinstance(block, TableBlock))
    return paragraphs, entries, rows


def test_what_is_written_by_hand_leaves_room_and_is_not_missing():
    values = {"room": Blank(lines=3), "boxes": Lines(["Oui", "Au plus : ____"], [True, False])}

    document = compose("# A\n\n{room}\n\nNom : {room}\n\n{boxes}", values, language="fr", title="A")

    assert document.missing == ()
    assert sum(isinstance(block, AnswerLine) for block in document.blocks) == 3
    (boxes,) = (block for block in document.blocks if isinstance(block, ListBlock))
    assert [item.box for item in boxes.items] == [True, False]
    line = next(block for block in document.blocks if isinstance(block, Paragraph))
    assert [span.mark for span in line.spans] == ["", "answer"]
