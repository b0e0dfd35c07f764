"""The two colours of a partnership: a dark one for words and shapes, a light one for the one thing to do.

The grounds of a drawing are mixed from the dark one, so that a printer in black and white keeps every shape apart.
"""

import re
from dataclasses import dataclass

WHITE = "#ffffff"
EMERGENCY = "#a3121b"  # red is for 101 and 112 alone, whatever the colours


@dataclass(frozen=True)
class Colours:
    """Two colours as ``#rrggbb``: ``main`` carries white words, ``accent`` carries words in ``main``."""

    main: str
    accent: str
    paper: str = WHITE

    @property
    def middle(self) -> str:
        """Half as strong as ``main``."""
        return blended_colour(self.main, self.paper, 0.5)

    @property
    def light(self) -> str:
        """A ground for words in ``main``."""
        return blended_colour(self.main, self.paper, 0.2)

    def recolour(self, drawing: str) -> str:
        """``drawing``, one in the colours of the house, in these."""
        own_tones = dict(zip(HOUSE.tones, self.tones, strict=True))
        return TONE.sub(lambda tone: own_tones[tone[0]], drawing)

    @property
    def tones(self) -> tuple[str, ...]:
        """All five, in the order in which a drawing is drawn in them."""
        return self.main, self.accent, self.light, self.middle, self.paper


def blended_colour(colour: str, ground: str, share: float) -> str:
    """``share`` (0 to 1) of ``colour`` on ``ground``, both ``#rrggbb``."""
    parts = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(below + (above - below) * share):02x}" for above, below in parts)


HOUSE = Colours("#0b5450", "#f5b301")
TONE = re.compile("|".join(HOUSE.tones))
SCHEMES: dict[str, Colours] = {  # keys are stored
    "green": HOUSE,
    "blue": Colours("#17406d", "#ffc233"),
    "wine": Colours("#6d1f3a", "#f7b64a"),
    "violet": Colours("#46306b", "#f4b73f"),
    "slate": Colours("#2c3e46", "#f2b134"),
    "black": Colours("#1d1d1d", "#d9d9d9"),
}
