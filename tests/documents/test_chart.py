"""A chart: the same counts as picture, as table, and in words for whoever does not see it."""

import io
from datetime import UTC, datetime
from xml.etree import ElementTree

import docx as office
import pikepdf
import pytest
from django.utils import translation
from PIL import Image

from plp import documents
from plp.documents import Bars, Chart, line_chart
from plp.documents.chart import alternative_text, chart_png
from plp.documents.slides.content import slide_pages

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ROWS = (("<b>Été & hiver</b>", 4), ("Nuit", 1), ("Rien", 0))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def document() -> documents.Document:
    """A document of one chart."""
    return documents.compose("# Titre\n\n{bars}", {"bars": Bars("Messages", ROWS)}, language="fr", title="Titre")


def test_the_picture_escapes_labels_and_draws_each_count_to_scale() -> None:
    drawn = ElementTree.fromstring(documents.chart_svg(Chart("Messages", ROWS)))

    paper, *bars = [int(one.attrib["width"]) for one in drawn.iter(f"{SVG}rect")]
    assert [one.text for one in drawn.iter(f"{SVG}text")] == ["<b>Été & hiver</b>", "4", "Nuit", "1", "Rien", "0"]
    assert abs(bars[0] - 4 * bars[1]) <= 2
    assert bars[2] == 0
    assert max(bars) < paper
    assert "style" not in drawn.attrib


def test_the_words_hold_every_count(document: documents.Document) -> None:
    with translation.override("fr"):
        assert alternative_text(Chart("Messages", ROWS[1:])).endswith("Messages. Nuit\u00a0: 1\u00a0; Rien\u00a0: 0")
    with translation.override("nl"):
        assert alternative_text(Chart("Messages", ROWS[1:])).endswith("Messages. Nuit: 1; Rien: 0")
    page = documents.document_html(document)
    assert '">&lt;b&gt;Été &amp; hiver&lt;/b&gt;</td><td data-label="' in page
    ((slide,),) = slide_pages([document])
    assert [type(block).__name__ for block in slide.blocks] == ["TableBlock"]


def test_the_word_processor_gets_a_picture_with_its_words(document: documents.Document) -> None:
    file = office.Document(io.BytesIO(documents.docx(document)))

    (shown,) = file.inline_shapes
    assert "Nuit\u00a0: 1" in shown._inline.docPr.get("descr")
    assert Image.open(io.BytesIO(chart_png(Chart("Messages", ROWS)))).size == (560, 336)


def test_the_paper_holds_it_as_drawing(document: documents.Document) -> None:
    """Sets a page: slower than most."""
    made = documents.pdf(document, at=AT)

    with pikepdf.open(io.BytesIO(made)) as pdf:
        told = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert len(told) == 1
    assert "Nuit\u00a0: 1\u00a0; Rien\u00a0: 0" in told[0]


def test_a_long_word_in_a_drawing_stays_whole() -> None:
    """Words on paper may be broken after 35 letters; the markup of a drawing may not."""
    rows = tuple(("m" * letters, letters) for letters in range(8, 40))
    chart = documents.compose("# Titre\n\n{bars}", {"bars": Bars("Retours", rows)}, language="fr", title="Titre")

    assert documents.pdf(chart, at=AT).startswith(b"%PDF")


def test_a_chart_within_a_sentence_is_said() -> None:
    told = documents.compose("Il y a {bars}.", {"bars": Bars("M", ROWS[1:])}, language="fr", title="T")

    assert "Il y a Nuit&nbsp;: 1&nbsp;; Rien&nbsp;: 0." in documents.document_html(told)


YEAR = Chart("Par mois", (("janvier", 2), ("février", 0), ("<mars>", 4)), over_time=True)


def test_a_line_over_time_has_its_number_at_each_point_and_stays_within_the_picture() -> None:
    drawn = ElementTree.fromstring(documents.chart_svg(YEAR))

    (line,) = drawn.iter(f"{SVG}polyline")
    assert line.attrib["points"] == "14.0,89.0 140.0,148.0 266.0,30.0"
    assert [one.text for one in drawn.iter(f"{SVG}text")] == ["2", "0", "4", "janvier", "<mars>"]
    assert drawn.attrib["aria-label"].endswith(
        "Par mois. janvier\u00a0: 2\u00a0; février\u00a0: 0\u00a0; <mars>\u00a0: 4"
    )


@pytest.mark.parametrize(("months", "labels"), [(1, [0]), (2, [0, 1]), (3, [0, 2]), (12, [0, 11])])
def test_at_most_two_labels_stand_below_a_line(months: int, labels: list[int]) -> None:
    chart = Chart("Par mois", tuple((f"m{number}", number) for number in range(months)), over_time=True)

    assert line_chart.indexes_of_labelled_points(chart) == labels
    assert Image.open(io.BytesIO(chart_png(chart))).size == (560, 360)


@pytest.mark.parametrize(("most", "numbers"), [(99, list(range(12))), (100, [0, 5, 11])])
def test_numbers_without_room_stand_at_the_ends_and_at_the_most(most: int, numbers: list[int]) -> None:
    rows = tuple((f"m{number}", most if number == 5 else 8) for number in range(12))

    assert line_chart.indexes_of_numbered_points(Chart("Par mois", rows, over_time=True)) == numbers


LONG = "une personne qui demande à devenir membre attend une réponse depuis huit jours"


def tops(chart: Chart) -> list[int]:
    """Where each bar begins; the ground, which has no place, is none."""
    rects = ElementTree.fromstring(documents.chart_svg(chart)).iter(f"{SVG}rect")
    return [int(one.attrib["y"]) for one in rects if "y" in one.attrib]


def test_a_long_label_takes_more_lines_and_the_next_bar_stands_below() -> None:
    short, long = (Chart("T", ((label, 2), ("fin", 1))) for label in ("une", LONG))

    drawn = ElementTree.fromstring(documents.chart_svg(long))

    words = [str(one.text) for one in drawn.iter(f"{SVG}text")]
    assert " ".join(words[:3]) == LONG
    assert max(len(one) for one in words) <= 32
    assert [after - before for after, before in zip(tops(long), tops(short), strict=True)] == [42, 42]
