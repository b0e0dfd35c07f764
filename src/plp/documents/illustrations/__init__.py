"""Our own drawings: plain SVG in two colours, found by their name, drawn again in the colours of a partnership."""

from functools import cache
from pathlib import Path

from plp.documents.colours import HOUSE, Colours

HERE = Path(__file__).parent
NAMES: tuple[str, ...] = tuple(sorted(path.stem for path in HERE.glob("*.svg")))


def illustration(name: str, colours: Colours = HOUSE) -> str:
    """The drawing ``name``, one of ``NAMES``, as SVG in ``colours``. Raises ``KeyError`` for a name that there is not.

    It has no words in it: whoever shows it says what it is, or that it says nothing.
    """
    if name not in NAMES:
        raise KeyError(name)
    return colours.recolour(_drawing_svg(name))


@cache
def _drawing_svg(name: str) -> str:
    return (HERE / f"{name}.svg").read_text(encoding="utf-8")
