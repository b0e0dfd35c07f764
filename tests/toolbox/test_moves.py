"""States as data: a wrong table is refused at import, a move has one winner."""

import pytest
from django.db import models

from plp.toolbox.moves import Moves, Refused


class Light(models.TextChoices):
    """Three states."""

    RED = "red"
    GREEN = "green"
    OFF = "off"


def test_origins_are_sorted() -> None:
    moves = Moves(Light, "red", {"red": ("green", "off"), "green": ("red", "off"), "off": ()})

    assert moves.source_states("off") == ["green", "red"]
    assert moves.start == "red"


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ({"red": ("green",), "green": ()}, "{'off'}"),
        ({"red": ("green", "blue"), "green": ("off",), "off": ()}, "{'blue'}"),
        ({"red": ("green",), "green": (), "off": ()}, "{'off'}"),
    ],
    ids=["missing", "unknown", "unreachable"],
)
def test_a_wrong_table_is_refused_and_says_which_state_is_wrong(table: dict, wrong: str) -> None:
    with pytest.raises(ValueError, match=f"Light: .* {wrong}$"):
        Moves(Light, "red", table)


def test_a_refusal_fills_its_sentence() -> None:
    class TooMany(Refused):
        sentence = "At most %(most)s."

    assert TooMany(most=3).in_words() == "At most 3."


def test_a_refusal_without_details_is_read_as_it_stands_and_named_in_the_log() -> None:
    class AllSpent(Refused):
        sentence = "100 % is spent."

    assert AllSpent().in_words() == "100 % is spent."
    assert str(AllSpent()) == "AllSpent"
