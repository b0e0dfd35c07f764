"""A document as HTML: complete, escaped, cleaned."""

from html import escape

import pytest

from plp.documents import compose, document_html, titles_and_html_of_sections
from tests.documents.sample import sample


def test_the_whole_document_is_one_block_in_its_language():
    made = document_html(sample("nl"))

    assert made.startswith('<div class="document" lang="nl"><h2>Lettre de Haren</h2>')
    assert "<mark>[ontbreekt nog: la date de la soirée]</mark>" in made
    assert '<li class="document-box">☐ D’accord</li><li class="document-box">☒ Coché</li>' in made
    assert "<ol><li" in made
    assert '<th scope="col">Rue</th>' in made
    assert "QR-code: https://plp.example.be/p/haren/" in made


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><a href="//x">'])
def test_what_people_wrote_is_escaped(value):
    made = document_html(sample(partnership=value))

    assert f"<h2>Lettre de {escape(value, quote=False)}</h2>" in made


def test_the_sections_of_a_document_part_its_page() -> None:
    source = "# Paper\n\nFirst.\n\n## One\n\nSecond.\n\n### Deeper\n\nThird.\n\n## Two\n"
    document = compose(source, {}, language="en", title="Paper")

    sections = titles_and_html_of_sections(document)

    assert [title for title, _words in sections] == ["", "One", "Two"]
    assert ["First" in sections[0][1], "Third" in sections[1][1], "Third" in sections[0][1]] == [True, True, False]
