"""A whole and its parts as one bar, with a list that says the same in words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from plp.delivery.progress_words import ProgressWord
from plp.delivery.queries import Tally

WIDE, HIGH, GAP, STEP = 1000, 40, 4, 20
TROUBLES = ("bad", "warn")  # hatched too: not told by the colour alone
USUAL = (ProgressWord.DELIVERED, ProgressWord.SENT, ProgressWord.WAITING)  # what becomes of most messages
LEAST = 8  # how wide something is that is not nothing


@dataclass(frozen=True)
class BarPart:
    """One part: what it is, how many, and the class of its look."""

    label: Any
    number: int
    look: str

    @property
    def is_trouble(self) -> bool:
        """Whether it is hatched."""
        return self.look in TROUBLES


@dataclass(frozen=True)
class BarPiece(BarPart):
    """A part in the bar."""

    start: int
    width: int

    @property
    def hatch_path(self) -> str:
        """Slanting lines over it."""
        end = self.start + self.width
        lines = range(self.start, end, STEP)
        return "".join(f"M{x} {HIGH}L{min(x + STEP, end)} 0" for x in lines)


def bar_pieces(parts: Sequence[BarPart]) -> list[BarPiece]:
    """The bar of what is not nothing; the pieces fill it."""
    there = [one for one in parts if one.number]
    whole = sum(one.number for one in there)
    if not whole:
        return []
    room = WIDE - GAP * (len(there) - 1) - LEAST * len(there)
    widths = [LEAST + room * one.number // whole for one in there]
    starts = [0, *accumulate(width + GAP for width in widths)]
    return [
        BarPiece(one.label, one.number, one.look, start, width)
        for one, start, width in zip(there, starts, widths, strict=False)
    ]


LOOKS = {
    ProgressWord.READ: "good",
    ProgressWord.HEARD: "good",
    ProgressWord.DELIVERED: "good",
    ProgressWord.SENT: "busy",
    ProgressWord.HANDED_OUT: "busy",
    ProgressWord.RUNG: "open",
    ProgressWord.WAITING: "open",
    ProgressWord.FAILED: "bad",
    ProgressWord.GONE: "bad",
    ProgressWord.FULL: "bad",
    ProgressWord.UNKNOWN: "warn",
    ProgressWord.EXPIRED: "late",
    ProgressWord.STOPPED: "plain",
}


def all_delivery_parts(tally: Tally) -> list[BarPart]:
    """What may become of a message, the best first: a part for each word of progress."""
    return [BarPart(word.label, getattr(tally, word), LOOKS[word]) for word in ProgressWord]


def shown_delivery_parts(tally: Tally) -> list[BarPart]:
    """What became of a message: the usual always, the rest where there is any."""
    return [
        part for word, part in zip(ProgressWord, all_delivery_parts(tally), strict=True) if word in USUAL or part.number
    ]
