"""A picture that the text may show stands on the page, on paper and in the word processor, with its words."""

import io
import re
from dataclasses import replace

import docx
import pytest
from pypdf import PdfReader

from plp import documents
from plp.documents import PictureBlock
from plp.documents.blocks import Paragraph, Span
from tests.documents.sample import AT, PNG

SHOWN = PictureBlock("/static/a.png", PNG, (360, 640))
SOURCE = "# Un\n\n![La page des messages](../a.png)\n\nFin."


@pytest.fixture
def document() -> documents.Document:
    """A text with one picture."""
    return documents.compose(SOURCE, {}, language="fr", title="Un", pictures={"../a.png": SHOWN})


def test_a_known_picture_has_the_words_of_the_text(document: documents.Document) -> None:
    assert document.blocks[1] == replace(SHOWN, words="La page des messages")


def test_an_unknown_picture_is_only_words() -> None:
    document = documents.compose("![a](../b.png)", {}, language="fr", title="Un", pictures={"../a.png": SHOWN})

    assert document.blocks == (Paragraph((Span("../b.png"),)),)


def test_a_page_loads_it_when_it_is_needed(document: documents.Document) -> None:
    (shown,) = re.findall("<img[^>]*>", documents.document_html(document))

    assert sorted(re.findall(r'(\w+)="([^"]*)"', shown)) == [
        ("alt", "La page des messages"),
        ("class", "document-picture"),
        ("height", "640"),
        ("loading", "lazy"),
        ("src", "/static/a.png"),
        ("width", "360"),
    ]


def test_paper_holds_it_for_those_who_do_not_see_it(document: documents.Document) -> None:
    made = documents.pdf(document, at=AT, paper="a5")

    assert made.startswith(b"%PDF")
    assert b"/Subtype /Image" in made or b"/Subtype/Image" in made


def test_a_task_stands_on_one_page_of_paper() -> None:
    """Its title, its picture, its steps and what is said below them."""
    source = "\n\n".join(["# Un", *["Avant."] * 18, "## Deux", "![a](../a.png)", "1. Ouvrez.\n2. Fermez.", "Après."])
    document = documents.compose(source, {}, language="fr", title="Un", pictures={"../a.png": SHOWN})

    pages = PdfReader(io.BytesIO(documents.pdf(document, at=AT, paper="a5"))).pages

    assert [re.findall("Deux|Ouvrez|Fermez|Après", page.extract_text()) for page in pages] == [
        [],
        ["Deux", "Ouvrez", "Fermez", "Après"],
    ]


def test_a_word_processor_holds_it(document: documents.Document) -> None:
    (shown,) = docx.Document(io.BytesIO(documents.docx(document))).inline_shapes

    assert shown._inline.docPr.get("descr") == "La page des messages"
