"""What stands on a slide, in millimetres of a page of 320 by 180: the same for PDF and PPTX. Data only."""

from dataclasses import dataclass

from plp.documents.blocks import Block, Spans
from plp.documents.colours import EMERGENCY, Colours, blended_colour
from plp.documents.illustrations import NAMES, illustration

WIDTH, HEIGHT, MARGIN = 320.0, 180.0, 16.0


GROUND = 0.1  # how strong the ground of a card is


def palette(colours: Colours) -> dict[str, str]:
    """The colour of each thing on a slide, by what it is for."""
    return {
        "ink": "#1a1a1a",
        "paper": colours.paper,
        "deep": colours.main,
        "soft": blended_colour(colours.main, colours.paper, GROUND),
        "action": colours.accent,
        "emergency": EMERGENCY,
    }


@dataclass(frozen=True)
class Frame:
    """A rectangle of the page."""

    x: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def inset(self, across: float, down: float | None = None) -> "Frame":
        """The same, smaller by so much on each side."""
        down = across if down is None else down
        return Frame(self.x + across, self.top + down, self.width - 2 * across, self.height - 2 * down)


@dataclass(frozen=True)
class SlideLine:
    """A paragraph in one language: its words, ``size`` in points, the sign before it, and the air above it in mm."""

    spans: Spans
    language: str
    size: float
    bold: bool = False
    colour: str = "ink"
    sign: str = ""
    sign_colour: str = "deep"
    above: float = 0


@dataclass(frozen=True)
class TextShape:
    """Lines in a frame. ``role``: ``title`` and ``body`` stand in the placeholders of their layout."""

    frame: Frame
    lines: tuple[SlideLine, ...]
    role: str = ""
    align: str = "left"
    anchor: str = "top"


@dataclass(frozen=True)
class PanelShape:
    """A coloured ground, with round corners of ``radius``; half as high as wide and round: a disc."""

    frame: Frame
    colour: str
    radius: float = 4


@dataclass(frozen=True)
class ArrowShape:
    """A straight arrow from one point to another."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: str = "deep"


@dataclass(frozen=True)
class PictureShape:
    """A picture that fits its frame: one of our illustrations by name, or SVG. ``words`` for who does not see it."""

    frame: Frame
    name: str = ""
    svg: str = ""
    words: str = ""

    def svg_in_colours(self, colours: Colours) -> str:
        """It as SVG; "" where the text names an illustration that there is not."""
        return self.svg or (illustration(self.name, colours) if self.name in NAMES else "")


@dataclass(frozen=True)
class TableShape:
    """A table in its frame: a head and rows of cells, each of lines; ``widths`` and ``heights`` in mm."""

    frame: Frame
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[tuple[SlideLine, ...], ...], ...]


Shape = TextShape | PanelShape | ArrowShape | PictureShape | TableShape


@dataclass(frozen=True)
class SlideNotes:
    """What to say in one language: the title above it, and its blocks."""

    language: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class SlidePlan:
    """One slide, ready to be drawn: ``layout`` names that of the master (``theme.LAYOUTS``)."""

    layout: str
    shapes: tuple[Shape, ...]
    notes: tuple[SlideNotes, ...] = ()

    @property
    def title(self) -> TextShape:
        """The shape that holds the title."""
        return next(shape for shape in self.shapes if isinstance(shape, TextShape) and shape.role == "title")
