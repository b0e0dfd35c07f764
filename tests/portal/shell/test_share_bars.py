"""A whole and its parts: the bar is full, nothing is lost in it, what went wrong is hatched too."""

import pytest
from django.template import engines

from plp.delivery.queries import Tally
from plp.portal.shell.share_bars import WIDE, BarPart, bar_pieces, shown_delivery_parts

TALLY = Tally(audience=1003, waiting=0, sent=1, delivered=999, failed=3, unknown=0, expired=0, stopped=0)


pytestmark = pytest.mark.usefixtures("english")


def test_the_pieces_follow_each_other_and_a_single_one_is_seen() -> None:
    pieces = bar_pieces([BarPart("a", 999, "good"), BarPart("none", 0, "open"), BarPart("b", 1, "bad")])

    (first, second) = ((one.start, one.width) for one in pieces)
    assert first[0] == 0
    assert first[0] + first[1] < second[0]
    assert second[1] >= 8
    assert WIDE - 2 <= second[0] + second[1] <= WIDE
    assert [one.is_trouble for one in pieces] == [False, True]


def test_of_nobody_nothing_is_drawn() -> None:
    assert bar_pieces([BarPart("a", 0, "good")]) == []


def test_the_list_says_the_usual_always_and_trouble_where_it_is() -> None:
    assert [(one.label, one.number) for one in shown_delivery_parts(TALLY)] == [
        ("delivered", 999),
        ("sent, no receipt", 1),
        ("waiting", 0),
        ("not reached", 3),
    ]


def test_the_component_says_in_words_what_the_bar_shows() -> None:
    page = engines["django"].from_string("{% delivery tally %}").render({"tally": TALLY})

    assert page.count("<rect") == 3 + 4
    assert "<strong>1003</strong> people" in page
    assert "<strong>3</strong> not reached" in page
