"""What a quarter covers: sides, ranges with letters, boxes, exceptions (R4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plp.places.rules import Selector, is_excepted_by_selectors, selectors_cover_door

NUMBERS = st.integers(1, 400)
LETTERS = st.sampled_from(["", "A", "B", "bis"])
SIDES = st.sampled_from(["all", "odd", "even"])


@pytest.mark.parametrize(
    ("selector", "inside", "outside"),
    [
        (Selector(), ["1", "2A", "ZN", "12-14"], []),
        (Selector("odd"), ["1", "3A", "11-13"], ["2", "4B", "ZN"]),
        (Selector("even"), ["2", "4B"], ["1", "3A"]),
        (Selector(first="10"), ["10", "10A", "400"], ["9", "9B"]),
        (Selector(last="10"), ["1", "10", "10A", "10Z"], ["11"]),
        (Selector(first="10B", last="12A"), ["10B", "10C", "11", "12", "12A"], ["10", "10A", "12B", "13"]),
        (Selector(first="13", last="20"), ["12-14", "20-22"], ["8-10", "22-24"]),
        (Selector("even", first="2", last="48B"), ["2", "48", "48B"], ["3", "48C", "50"]),
    ],
)
def test_a_selector_takes_what_it_says(selector: Selector, inside: list[str], outside: list[str]) -> None:
    doors = [*inside, *outside]

    assert [door for door in doors if selectors_cover_door([selector], door)] == inside


@pytest.mark.parametrize(
    ("box", "is_covered"),
    [("b003", True), ("bte 5", True), ("3", True), ("2", False), ("6", False), ("", False), ("A", False)],
)
def test_a_box_range_takes_boxes_however_they_are_written(box: str, is_covered: bool) -> None:
    assert selectors_cover_door([Selector(first="12", last="12", box_first="3", box_last="5")], "12", box) is is_covered


def test_an_exception_wins_over_everything_around_it() -> None:
    selectors = [Selector(), Selector(first="10", last="20", excluded=True), Selector(first="15", last="15")]

    assert [number for number in ("9", "10", "15", "20", "21") if selectors_cover_door(selectors, number)] == [
        "9",
        "21",
    ]


def test_only_exceptions_cover_nothing() -> None:
    assert not selectors_cover_door([Selector(first="10", excluded=True)], "4")


def test_an_exception_takes_a_door_out_of_a_boundary() -> None:
    selectors = [Selector(first="10", last="20", excluded=True), Selector(first="30")]

    assert [number for number in ("9", "10", "20", "30") if is_excepted_by_selectors(selectors, number)] == ["10", "20"]


@pytest.mark.parametrize(
    ("selector", "faults"),
    [
        (Selector("even", "2", "48B"), []),
        (Selector("left"), ["side"]),
        (Selector(first="x"), ["number"]),
        (Selector(last="sans"), ["number"]),
        (Selector(first="20", last="10"), ["order"]),
        (Selector(first="10B", last="10"), []),
        (Selector(first="10B", last="10A"), ["order"]),
    ],
)
def test_a_senseless_selector_is_told(selector: Selector, faults: list[str]) -> None:
    assert selector.faults() == faults


@given(NUMBERS, NUMBERS, NUMBERS, LETTERS, SIDES)
def test_a_range_is_arithmetic_on_whole_numbers(low: int, high: int, number: int, letter: str, side: str) -> None:
    selector = Selector(side, str(low), str(high))
    is_on_side = side == "all" or (number % 2 == 1) == (side == "odd")

    assert selectors_cover_door([selector], f"{number}{letter}") is (low <= number <= high and is_on_side)


@given(NUMBERS, LETTERS)
def test_the_two_sides_share_a_street_between_them(number: int, letter: str) -> None:
    house = f"{number}{letter}"

    assert selectors_cover_door([Selector("odd")], house) is not selectors_cover_door([Selector("even")], house)


@given(st.lists(st.tuples(SIDES, NUMBERS, NUMBERS, st.booleans()), max_size=6), NUMBERS)
def test_order_of_selectors_does_not_matter_and_an_exception_never_adds(
    parts: list[tuple[str, int, int, bool]], number: int
) -> None:
    selectors = [Selector(side, str(low), str(high), excluded=out) for side, low, high, out in parts]
    without = [selector for selector in selectors if not selector.excluded]

    answer = selectors_cover_door(selectors, str(number))

    assert answer is selectors_cover_door(selectors[::-1], str(number))
    assert not answer or selectors_cover_door(without, str(number))


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_text_whatever_breaks_the_rule(number: str, box: str) -> None:
    assert selectors_cover_door([Selector()], number, box)
    assert selectors_cover_door([Selector(first="1", box_first="1")], number, box) in {True, False}
