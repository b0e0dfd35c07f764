"""Slides for an office program: layouts, notes, alternative texts, the colours of the theme."""

import io
from typing import Any

import pptx as presenting
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE

from plp.documents import compose, slides_pptx
from plp.documents.colours import SCHEMES

SOURCE = """\
# Haren

Partenariat

## Mot

Une phrase.

![Une cloche](illustration:bell)

::: notes 2
Dites ceci.

1. Puis cela
:::

## Coûts

| Quoi | Par an |
|---|---|
| SMS | 300 € |
"""


@pytest.fixture(scope="module")
def shown() -> Any:
    document = compose(SOURCE, {}, language="fr", title="Haren")
    return presenting.Presentation(io.BytesIO(slides_pptx(document, footer="PLP", colours=SCHEMES["blue"])))


def test_the_file_names_nobody_who_made_a_library(shown: Any) -> None:
    about = shown.core_properties

    assert (about.title, about.author, about.last_modified_by, about.comments) == ("Haren", "", "", "")


def test_each_slide_has_its_layout_and_its_title_in_the_placeholder(shown: Any) -> None:
    assert [slide.slide_layout.name for slide in shown.slides] == ["Title Slide", "Title and Content", "Title Only"]
    assert [slide.shapes.title.text for slide in shown.slides] == ["Haren", "Mot", "Coûts"]
    assert shown.slides[1].placeholders[1].text == "Une phrase."


def test_what_to_say_stands_in_the_notes(shown: Any) -> None:
    assert shown.slides[1].notes_slide.notes_text_frame.text == "À dire (2 minutes)\nDites ceci.\n1. Puis cela"
    assert [slide.has_notes_slide for slide in shown.slides] == [False, True, False]


def test_a_picture_has_its_words_and_an_ornament_none(shown: Any) -> None:
    pictures = [shape for slide in shown.slides for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]

    described = {picture._element.nvPicPr.cNvPr.get("descr"): picture for picture in pictures}
    assert list(described) == ["", "Une cloche"]
    assert "decorative" in described[""]._element.xml
    assert "decorative" not in described["Une cloche"]._element.xml


def test_colours_are_those_of_the_theme(shown: Any) -> None:
    theme = shown.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode()
    (table,) = [shape.table for shape in shown.slides[2].shapes if shape.has_table]

    assert SCHEMES["blue"].main[1:] in theme
    assert str(table.cell(0, 0).fill.fore_color.theme_color) == "TEXT_2 (15)"
