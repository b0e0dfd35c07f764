"""Words of another language than the document's are named, and marked for voices."""

import io
import zipfile

from plp import documents
from plp.documents import ForeignText, Grid, Lines
from plp.documents.blocks import ListBlock, Paragraph, Span, TableBlock

WORDS = ForeignText("Se connaître", "fr", reader="nl")


def composed(source: str, **places: documents.Value) -> documents.Document:
    return documents.compose(source, places, language="nl", title="Titel")


def test_the_words_and_the_note_are_apart() -> None:
    document = composed("Doel: {goal}.", goal=WORDS)

    assert document.blocks == (
        Paragraph((Span("Doel: "), Span("Se connaître", language="fr"), Span(" (in het Frans)"), Span("."))),
    )


def test_a_list_and_a_table_mark_their_entries() -> None:
    listing, table = composed("{goals}\n\n{costs}", goals=Lines([WORDS]), costs=Grid(["Wat"], [[WORDS]])).blocks

    assert isinstance(listing, ListBlock)
    assert isinstance(table, TableBlock)
    spans = (Span("Se connaître", language="fr"), Span(" (in het Frans)"))
    assert listing.items[0].blocks == (Paragraph(spans),)
    assert table.rows == ((spans,),)


def test_a_sentence_names_the_language() -> None:
    assert f"{WORDS}, 5 euro" == "Se connaître (in het Frans), 5 euro"


def test_pages_and_files_bear_the_language() -> None:
    document = composed("# Doel\n\n{goal}", goal=WORDS)

    assert '<span lang="fr">Se connaître</span> (in het Frans)' in documents.document_html(document)
    with zipfile.ZipFile(io.BytesIO(documents.docx(document))) as file:
        assert b'<w:lang w:val="fr-BE"/>' in file.read("word/document.xml")
    with zipfile.ZipFile(io.BytesIO(documents.slides_pptx(document))) as file:
        assert b'lang="fr-BE"' in b"".join(file.read(name) for name in file.namelist() if "slides/slide" in name)
