"""A document for a word processor and a presentation program."""

import io
import operator
import zipfile

import docx as office
import pptx as presenting
import pytest
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from PIL import ImageFont
from pptx.enum.shapes import MSO_SHAPE_TYPE

from plp.documents import Signer, Signers, compose, docx, slides_pptx
from plp.documents.colours import HOUSE
from plp.documents.identity import Partner
from plp.documents.letter import WINDOWS
from plp.documents.word_fonts import CUTS, FACE, FALLBACK, FONTS
from tests.documents.sample import PNG, sample


def opened(**options):
    return office.Document(io.BytesIO(docx(sample(), footer="PLP Haren", **options)))


def test_a_docx_has_title_language_styles_and_foot():
    made = opened()

    assert made.core_properties.title == "Lettre"
    assert made.core_properties.language == "fr-BE"
    assert made.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["fr-BE"]
    foot = made.sections[0].footer.paragraphs[0]
    assert foot.text == "PLP Haren\t / "  # and the page of so many
    stops = [stop.alignment for stop in foot.paragraph_format.tab_stops]
    assert (stops.count(WD_TAB_ALIGNMENT.CLEAR), stops.count(WD_TAB_ALIGNMENT.RIGHT)) == (2, 1)  # on the right alone
    assert [it.text for it in made.paragraphs if it.style.name.startswith("Heading")] == [
        "Lettre de Haren", "Les rues", "Fin",
    ]  # fmt: skip


def test_lists_are_real_and_a_numbered_one_begins_at_one():
    made = opened()

    numbered = [it for it in made.paragraphs if it.style.name == "List Number"]
    assert [it.text for it in numbered] == ["Un", "Deux", "Encore un"]
    numbers = [it._p.pPr.numPr.numId.val for it in numbered]
    assert numbers[0] == numbers[1] != numbers[2]
    assert [it.text for it in made.paragraphs if it.style.name == "List Bullet 2"] == ["sous-point"]
    assert [it.text for it in made.paragraphs if it.style.name == "List Paragraph"] == ["☐ D’accord", "☒ Coché"]


def test_tables_repeat_their_head_and_a_code_has_words():
    made = opened()

    assert [table.rows[0].cells[0].text for table in made.tables] == [
        "Attention. Appelez le 112.", "Rue", "Partenaire",
    ]  # fmt: skip
    assert len(made.element.body.xpath(".//w:tblHeader")) == 2
    assert made.element.body.xpath(".//wp:docPr/@descr") == ["Code QR vers https://plp.example.be/p/haren/"]


def test_lines_to_write_on_are_drawn_each_and_stay_with_their_name():
    made = office.Document(
        io.BytesIO(docx(compose("Pour la police :\n\n____\n\n____\n\nAnne", {}, language="fr", title="t")))
    )

    assert len(made.element.body.xpath(".//w:pBdr/w:between")) == 2
    assert [bool(it.paragraph_format.keep_with_next) for it in made.paragraphs] == [True, True, True, False]


def test_a_docx_can_be_a5():
    section = opened(paper="a5").sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (148, 210)


@pytest.mark.parametrize(("paper", "ends_at"), [("a5", 122), ("a4", 160)])
def test_a_line_to_write_on_ends_within_the_sheet(paper: str, ends_at: int):
    made = office.Document(io.BytesIO(docx(compose("Nom : ____", {}, language="fr", title="t"), paper=paper)))

    assert [round(stop.position.mm) for stop in made.paragraphs[0].paragraph_format.tab_stops] == [ends_at]


def test_a_short_table_stays_on_one_page_and_a_long_one_goes_on():
    short, long = (
        office.Document(io.BytesIO(docx(compose(f"| A | B |\n|---|---|\n{rows}", {}, language="fr", title="t")))).tables
        for rows in ("| a | b |\n" * 2, "| a | b |\n" * 9)
    )

    headed = office.Document(
        io.BytesIO(docx(compose("Pour :\n\n| A | B |\n|---|---|\n| a | b |", {}, language="fr", title="t")))
    )
    assert headed.paragraphs[0].paragraph_format.keep_with_next
    held = [
        [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in it[0].rows] for it in (short, long)
    ]
    assert held == [[True, True, False], [False] * 10]


@pytest.mark.parametrize(("streets", "size"), [(90, 8.5), (270, 8.5), (305, 7.5)])
def test_the_streets_of_a_whole_town_are_set_to_stay_on_a_page(streets: int, size: float):
    made = office.Document(io.BytesIO(docx(compose("- Rue\n" * streets, {}, language="fr", title="t"))))

    assert made.tables[0].cell(0, 0).paragraphs[0].runs[0].font.size.pt == size


def test_controls_in_a_value_do_not_break_the_file():
    source = compose("# {words}\n\n{words}", {"words": "a\x00\x07\x1bb\ufffe"}, language="nl", title="a\x01")

    assert "ab" in office.Document(io.BytesIO(docx(source))).paragraphs[0].text
    assert len(presenting.Presentation(io.BytesIO(slides_pptx(source))).slides) == 1


def test_logos_stand_on_the_first_page_with_their_words():
    logos = [Partner("Commune de Malmedy", PNG), Partner("Zone de police", PNG)]
    text = office.Document(io.BytesIO(docx(sample(), logos=logos)))
    shown = presenting.Presentation(io.BytesIO(slides_pptx(sample(), logos=logos)))

    assert text.element.body.xpath(".//wp:docPr/@descr")[:2] == ["Commune de Malmedy", "Zone de police"]
    pictures = [shape for shape in shown.slides[0].shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    words = [picture._element.nvPicPr.cNvPr.get("descr") for picture in pictures]
    assert [description for description in words if description] == ["Commune de Malmedy", "Zone de police"]
    lefts = [picture.left for picture, description in zip(pictures, words, strict=True) if description]
    assert lefts == sorted(set(lefts))


def test_slides_hold_titles_text_tables_and_language():
    made = presenting.Presentation(io.BytesIO(slides_pptx(sample("de"))))

    assert made.core_properties.title == "Lettre"
    titles = [slide.shapes.title.text.partition(" (")[0] for slide in made.slides]
    assert list(dict.fromkeys(titles)) == ["Lettre de Haren", "Les rues", "Fin"]
    shapes = [shape for slide in made.slides for shape in slide.shapes if shape.has_text_frame]
    runs = [run for shape in shapes for line in shape.text_frame.paragraphs for run in line.runs]
    assert {run._r.rPr.get("lang") for run in runs if run._r.rPr is not None} == {"de-BE"}
    assert sum(shape.has_table for slide in made.slides for shape in slide.shapes) == 2


def test_a_docx_looks_as_the_pdf_does():
    """Our face with a named fallback, the colour of the house, a ground behind the head of a table."""
    content = docx(sample())

    made = office.Document(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        fonts = parts.read("word/fontTable.xml").decode()
        within = [parts.read(f"word/fonts/rId{number}.odttf") for number in (1, 2)]
        settings = parts.read("word/settings.xml").decode()
    for (name, key), font in zip(CUTS.values(), within, strict=True):
        mask = bytes(reversed(bytes.fromhex(key.replace("-", "")))) * 2
        assert bytes(map(operator.xor, font[:32], mask)) + font[32:] == (FONTS / name).read_bytes()
        assert f'w:fontKey="{{{key}}}"' in fonts
    assert "<w:embedTrueTypeFonts/>" in settings
    assert f'<w:font w:name="{FACE}"><w:altName w:val="{FALLBACK}"/>' in fonts
    assert made.styles["Normal"].font.name == FACE
    assert str(made.styles["Heading 1"].font.color.rgb) == HOUSE.main.removeprefix("#").upper()
    assert [it.get(qn("w:fill")) for it in made.tables[-1].rows[0]._tr.iter(qn("w:shd"))] == ["e7eeee"] * 2


@pytest.mark.parametrize("cut", ["Regular", "Bold"])
def test_a_zero_in_a_word_file_is_that_of_the_pdf(cut: str):
    word, pdf, slashed = (
        bytes(ImageFont.truetype(FONTS / f"{name}-{cut}.ttf", 200).getmask("0"))
        for name in ("PLPText", "PLPFigures", "AtkinsonHyperlegible")
    )

    assert word == pdf
    assert word != slashed
    assert f"PLPText-{cut}.ttf" in {file_name for file_name, _key in CUTS.values()}


@pytest.mark.parametrize("side", WINDOWS)
def test_a_letter_has_its_address_in_the_window(side):
    head = "Zone de police\n\nAu bourgmestre\\\nHaren\n\nHaren, le 3 mai\n\n# Objet\n\nBonjour."
    document = compose(head, {}, language="fr", title="Objet")

    made = office.Document(io.BytesIO(docx(document, window=side)))

    frames = {line.text: line._p.xpath("w:pPr/w:framePr") for line in made.paragraphs}
    framed = [words for words, frame in frames.items() if frame]
    across = frames["Au bourgmestre"][0].get(qn("w:x"))
    assert framed == ["", "Au bourgmestre", "Haren", "Haren, le 3\u00a0mai"]  # the house stands where no logo does
    assert round(int(across) / 56.7) == WINDOWS[side]


def test_an_annex_begins_a_page_and_leaves_none_empty():
    words = "Zone de police\n\nAu bourgmestre\n\nHaren, le 3 mai\n\n# Objet\n\nBonjour.\n\n---\n\n## Rues\n\nRue A"

    made = office.Document(io.BytesIO(docx(compose(words, {}, language="fr", title="Objet"))))

    begins = {line.text: line.paragraph_format.page_break_before for line in made.paragraphs}
    assert begins["Rues"]
    assert made.element.xpath("//w:br[@w:type='page']") == []


def test_who_signs_has_a_box_each_with_the_name():
    mayor = Signer("Bourgmestre", "Anne Exemple")
    chief = Signer("Chef de corps", "Max Exemple", "19 août 2025", "sur papier")
    signers = Signers([mayor, chief, Signer("Coordination")])

    made = office.Document(io.BytesIO(docx(compose("{who}", {"who": signers}, language="fr", title="A"))))

    (grid,) = made.tables
    assert (len(grid.rows), len(grid.columns)) == (2, 2)
    assert [it.text for it in grid.cell(0, 0).paragraphs] == ["Bourgmestre", "Nom  Anne Exemple", "Date", "Signature"]
    assert [it.text for it in grid.cell(0, 1).paragraphs][2:] == ["Date  19 août 2025", "Signature  sur papier"]


@pytest.mark.parametrize(
    "words",
    ["5 octobre 2022", "1er mai 2026", "5. Oktober 2022", "19 août", "3 december 2026", "4960 Malmedy", "1000 Élouges"],
)
def test_a_day_and_a_postcode_with_its_town_stay_on_one_line_in_word(words: str):
    content = docx(compose(f"Circulaire : {words}, voilà 2022 et 12 pages.", {}, language="fr", title="T"))

    said = office.Document(io.BytesIO(content)).paragraphs[0].text
    assert said == f"Circulaire : {words.replace(' ', '\N{NO-BREAK SPACE}')}, voilà 2022 et 12 pages."
