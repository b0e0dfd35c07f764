"""A chain of hands: drawn on paper and for pages, read everywhere else; what somebody wrote never acts as markup."""

from xml.etree import ElementTree

import pytest

from plp.documents import Flow, FlowStation, compose, diagram, document_html
from plp.documents.slides.content import slide_pages

HANDS = Flow(
    "Alarm", (FlowStation("Written by", "officer <b>"), FlowStation("Relayed by", "coordinator " * 4, ("At once.",)))
)
NAME = "{http://www.w3.org/2000/svg}"


pytestmark = pytest.mark.usefixtures("english")


def test_each_hand_is_a_box_and_an_arrow_joins_them() -> None:
    drawn = ElementTree.fromstring(diagram.diagram_svg(HANDS))

    boxes, words = drawn.findall(f"{NAME}rect"), [one.text for one in drawn.findall(f"{NAME}text")]

    assert len(boxes) == 2
    assert len(drawn.findall(f"{NAME}path")) == 1
    assert words == [
        "Written by",
        "officer <b>",
        "Relayed by",
        *["coordinator"] * 4,
        "At once.",
    ]
    assert drawn.attrib["aria-label"].startswith("Diagram: Alarm. Written by: officer <b>; Relayed by: ")


def test_long_words_stay_in_their_box() -> None:
    hands = Flow("Alarm", (FlowStation("Gelezen en vrijgegeven door een tweede persoon", "korpschef"),))

    words = [one.text for one in ElementTree.fromstring(diagram.diagram_svg(hands)).findall(f"{NAME}text")]

    assert words == ["Gelezen en vrijgegeven", "door een tweede persoon", "korpschef"]


def test_no_box_lies_upon_another() -> None:
    drawn = ElementTree.fromstring(diagram.diagram_svg(HANDS))

    first, second = ([int(one.attrib[key]) for key in ("y", "height")] for one in drawn.findall(f"{NAME}rect"))

    assert sum(first) + diagram.ARROW == second[0]
    assert drawn.attrib["viewBox"] == f"0 0 240 {sum(second) + diagram.EDGE}"


def test_across_the_boxes_stand_side_by_side_at_one_height() -> None:
    drawn = ElementTree.fromstring(diagram.diagram_svg_across(HANDS))

    first, second = (
        [int(box.attrib[key]) for key in ("x", "width", "y", "height")] for box in drawn.iter(f"{NAME}rect")
    )
    assert first[0] + first[1] + diagram.ARROW + 2 * diagram.EDGE == second[0]
    assert first[2:] == second[2:]
    assert drawn.attrib["viewBox"] == f"0 0 {second[0] + second[1] + diagram.EDGE} {second[3] + 2 * diagram.EDGE}"
    ends = [max(int(one.attrib["y"]) for one in drawn.iter(f"{NAME}text")), first[2] + first[3]]
    assert ends == sorted(ends)
    assert drawn.attrib["aria-label"] == ElementTree.fromstring(diagram.diagram_svg(HANDS)).attrib["aria-label"]


def test_where_nothing_is_drawn_the_hands_are_a_list() -> None:
    document = compose("# T\n\n{chain}", {"chain": HANDS}, language="en", title="T")

    page, slides = document_html(document), slide_pages([document])

    assert '<li class="">Written by: officer &lt;b&gt;.</li><li class="">Relayed by: coordinator' in page
    assert [type(block).__name__ for (slide,) in slides for block in slide.blocks] == ["ListBlock"]


def test_within_a_sentence_it_is_words() -> None:
    document = compose("# T\n\nSo: {chain}.", {"chain": HANDS}, language="en", title="T")

    assert "So: Written by: officer &lt;b&gt;; Relayed by: coordinator" in document_html(document)
