"""Whatever somebody writes in a text becomes a document: no markup of theirs breaks a page, a print or a file."""

import io
import random

import docx as office
import pptx as presenting
import pytest

from plp.documents import Document, PrintOrder, compose, document_html, docx, pdfs, slides_pptx
from tests.documents.sample import AT, PLACES

PIECES = [
    *("# T", "#", "## ", "### *x*", "a **b** *c*", "**", "____", "____ x ____", "==", "---", "***", "~~~"),
    *("- ", "- a", "  - b", "    1. c", "1. ", "9. x", "- [ ] ", "- [x] y", "- [ ]", "- - - q", "+ r", "* s", "1) t"),
    *("> ", "> n", "> > m", "> - o", "> # p", "| a | b |", "|---|---|", "| x |", "| {streets} | {contacts} | {link} |"),
    *("![qr]({link})", "![qr]()", "![](javascript:x)", f"![qr](https://e.be/{'y' * 3_000})", "x ![qr]({link}) y"),
    *(
        "{streets}",
        "{contacts}",
        "{evening_date}",
        "- {contacts}",
        "> {streets}",
        "{partnership}\\",
        "\\",
        "  ",
        "\t- z",
    ),
    *("<b>", "&amp; &#x202e;", "`c`", "[a](b)", "\u202e", "é" * 300, "#" * 7, "$x$ #u @v"),
]


def sources(seed: int, count: int) -> list[str]:
    """Random texts of up to thirty pieces, joined by line ends or empty lines."""
    chance = random.Random(seed)
    return [
        "".join(chance.choice(PIECES) + chance.choice(("\n", "\n\n")) for _ in range(chance.randint(0, 30)))
        for _ in range(count)
    ]


def composed(seed: int, count: int) -> list[Document]:
    return [compose(source, PLACES, language="fr", title="T") for source in sources(seed, count)]


@pytest.mark.parametrize("seed", range(5))
def test_any_text_is_printed(seed):
    documents = composed(seed, 30)

    made = pdfs([PrintOrder(document, paper) for document in documents for paper in ("a5", "slides")], at=AT)

    assert all(content.startswith(b"%PDF") for content in made)


@pytest.mark.parametrize("seed", range(5))
def test_any_text_becomes_files_that_open(seed):
    for document in composed(seed, 8):
        assert office.Document(io.BytesIO(docx(document))).core_properties.title == "T"
        assert len(presenting.Presentation(io.BytesIO(slides_pptx(document))).slides) >= 1


def test_any_text_becomes_a_clean_page():
    for document in composed(99, 300):
        page = document_html(document)
        assert page.startswith('<div class="document" lang="fr">')
        assert "<b>" not in page
        assert "<a " not in page
