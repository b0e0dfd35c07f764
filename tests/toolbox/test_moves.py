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

    assert moves.origins("off") == ["green", "red"]


@pytest.mark.parametrize(
    "table",
    [
        {"red": ("green",), "green": ()},
        {"red": ("green", "blue"), "green": ("off",), "off": ()},
        {"red": ("green",), "green": (), "off": ()},
    ],
    ids=["missing", "unknown", "unreachable"],
)
def test_a_wrong_table_is_refused(table: dict) -> None:
    with pytest.raises(ValueError, match="Light"):
        Moves(Light, "red", table)


def test_a_refusal_fills_its_sentence() -> None:
    class TooMany(Refused):
        sentence = "At most %(most)s."

    assert TooMany(most=3).in_words() == "At most 3."
