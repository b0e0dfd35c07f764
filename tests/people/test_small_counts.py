"""Small counts: none of one to four is told, nor can it be found by subtraction (T53)."""

from itertools import product

import pytest

from plp.people.small_counts import (
    is_small,
    mask_count,
    mask_counts_with_known_total,
    mask_pair_with_known_sum,
    mask_sum_of_counts,
)

SOME = range(12)


def test_one_to_four_are_not_told_apart() -> None:
    assert [mask_count(number) for number in (0, 1, 4, 5)] == ["0", "<\xa05", "<\xa05", "5"]


@pytest.mark.parametrize("sign", [1, -1])
def test_no_small_count_is_found_from_its_neighbour_and_what_both_give(sign: int) -> None:
    """Whatever a reader sees, more than one pair fits, unless both together are fewer than five or none is small."""
    seen: dict[tuple[tuple[str, str], int], set[tuple[int, int]]] = {}
    for one, other in product(SOME, repeat=2):
        if is_small(one) != is_small(other) and min(one, other) > 0:
            seen.setdefault((mask_pair_with_known_sum(one, other), one + sign * other), set()).add((one, other))

    inner = [fits for fits in seen.values() if all(max(pair) < max(SOME) for pair in fits)]
    told = [(pair, text) for (text, _sum), fits in seen.items() for pair in fits]

    assert all("–" in text and "<\xa05" in text for _pair, text in told)
    assert not [pair for pair, text in told if str(max(pair)) in text]
    assert max(map(len, inner)) == 4


def test_the_whole_does_not_give_away_the_part_that_is_hidden() -> None:
    assert [mask_sum_of_counts(counts) for counts in ([], [3], [9], [9, 20], [9, 20, 0])] == [
        "0",
        "<\xa05",
        "9",
        "29",
        "29",
    ]
    assert [mask_sum_of_counts(counts) for counts in ([9, 1], [9, 4], [9, 2, 3])] == ["9+", "9+", "9+"]
    assert mask_sum_of_counts([3, 2]) == "<\xa010"


def test_of_a_group_whose_sum_is_known_one_more_is_withheld() -> None:
    groups = ([], [9, 20], [9, 3, 0, 20], [9, 3, 2, 20], [3, 0])
    assert [mask_counts_with_known_total(counts) for counts in groups] == [
        [],
        ["9", "20"],
        ["–", "<\xa05", "0", "20"],
        ["9", "<\xa05", "<\xa05", "20"],
        ["<\xa05", "0"],
    ]
