"""A whole and its parts as one bar, with a list that says the same in words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from plp.delivery.queries import Tally

WIDE, HIGH, GAP, STEP = 1000, 40, 4, 20
TROUBLES = ("bad", "warn")  # hatched too: not told by the colour alone
USUAL = 3  # what becomes of most messages
LEAST = 8  # how wide something is that is not nothing


@dataclass(frozen=True)
class Part:
    """One part: what it is, how many, and the class of its look."""

    label: Any
    number: int
    look: str

    @property
    def is_trouble(self) -> bool:
        """Whether it is hatched."""
        return self.look in TROUBLES


@dataclass(frozen=True)
class Piece(Part):
    """A part in the bar."""

    start: int
    width: int

    @property
    def hatch(self) -> str:
        """Slanting lines over it."""
        end = self.start + self.width
        lines = range(self.start, end, STEP)
        return "".join(f"M{x} {HIGH}L{min(x + STEP, end)} 0" for x in lines)


def pieces_of(parts: Sequence[Part]) -> list[Piece]:
    """The bar of what is not nothing; the pieces fill it."""
    there = [one for one in parts if one.number]
    whole = sum(one.number for one in there)
    if not whole:
        return []
    room = WIDE - GAP * (len(there) - 1) - LEAST * len(there)
    widths = [LEAST + room * one.number // whole for one in there]
    starts = [0, *accumulate(width + GAP for width in widths)]
    return [
        Piece(one.label, one.number, one.look, start, width)
        for one, start, width in zip(there, starts, widths, strict=False)
    ]


def every_part(tally: Tally) -> list[Part]:
    """What may become of a message, the usual first."""
    return [
        Part(_("delivered"), tally.delivered, "good"),
        Part(_("sent"), tally.sent, "busy"),
        Part(_("waiting"), tally.waiting, "open"),
        Part(_("not reached"), tally.failed, "bad"),
        Part(_("not known"), tally.unknown, "warn"),
        Part(_("too late"), tally.expired, "late"),
        Part(_("stopped"), tally.stopped, "plain"),
    ]


def delivery_parts(tally: Tally) -> list[Part]:
    """What became of a message: the usual always, the rest where there is any."""
    return [one for place, one in enumerate(every_part(tally)) if place < USUAL or one.number]
