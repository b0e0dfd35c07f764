"""A document for a word processor and a presentation program."""

import io

import docx as office
import pptx as presenting
from pptx.enum.shapes import MSO_SHAPE_TYPE

from plp.documents import compose, docx, slides_pptx
from tests.documents.sample import PNG, sample


def opened(**options):
    return office.Document(io.BytesIO(docx(sample(), footer="PLP Haren", **options)))


def test_a_docx_has_title_language_styles_and_foot():
    made = opened()

    assert made.core_properties.title == "Lettre"
    assert made.core_properties.language == "fr-BE"
    assert made.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["fr-BE"]
    assert made.sections[0].footer.paragraphs[0].text == "PLP Haren"
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


def test_controls_in_a_value_do_not_break_the_file():
    source = compose("# {words}\n\n{words}", {"words": "a\x00\x07\x1bb\ufffe"}, language="nl", title="a\x01")

    assert "ab" in office.Document(io.BytesIO(docx(source))).paragraphs[0].text
    assert len(presenting.Presentation(io.BytesIO(slides_pptx(source))).slides) == 1


def test_a_logo_stands_on_the_first_page_with_its_words():
    text = office.Document(io.BytesIO(docx(sample(), logo=PNG)))
    shown = presenting.Presentation(io.BytesIO(slides_pptx(sample(), logo=PNG)))

    assert text.element.body.xpath(".//wp:docPr/@descr")[0] == "Logo du partenariat"
    pictures = [shape for shape in shown.slides[0].shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert [picture._element.nvPicPr.cNvPr.get("descr") for picture in pictures] == ["Logo du partenariat"]


def test_a_poster_is_set_large():
    sizes = [
        office.Document(io.BytesIO(docx(sample(), large=large))).styles["Normal"].font.size.pt
        for large in (False, True)
    ]

    assert sizes == [11, 22]


def test_slides_hold_titles_text_tables_and_language():
    made = presenting.Presentation(io.BytesIO(slides_pptx(sample("de"))))

    assert made.core_properties.title == "Lettre"
    assert [slide.shapes.title.text for slide in made.slides] == ["Lettre de Haren", "Les rues", "Fin"]
    runs = [run for slide in made.slides for run in slide.shapes[1].text_frame.paragraphs[0].runs]
    assert {run._r.rPr.get("lang") for run in runs} == {"de-BE"}
    assert sum(shape.has_table for shape in made.slides[1].shapes) == 2
