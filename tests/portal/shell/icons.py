"""The pictures by which a telephone shows the portal, drawn from ``favicon.svg``.

``python -m tests.portal.shell.icons`` draws them again.
"""

import re

import typst

from plp.ops.environment import PACKAGE

FOLDER = PACKAGE / "portal" / "shell" / "static" / "shell"
ICONS = {  # file: pixels, and whether a telephone cuts it into its own shape
    "icon-192.png": (192, False),
    "icon-512.png": (512, False),
    "icon-180-whole.png": (180, True),
    "icon-512-whole.png": (512, True),
}
INNER = 'transform="translate(7.2 7.2) scale(.7)"'  # what no shape cuts off


def drawn(pixels: int, *, whole: bool) -> bytes:
    """The sign as PNG; ``whole``: the ground fills the square, and the sign stands in the circle that is never cut."""
    svg = (FOLDER / "favicon.svg").read_text(encoding="utf-8")
    if whole:
        ground, sign = re.fullmatch(r"(<svg.*?><rect.*?/>)(.*)</svg>\s*", svg, flags=re.DOTALL).groups()
        svg = f"{re.sub(' rx=.+?(?=[ ])', '', ground)}<g {INNER}>{sign}</g></svg>"
    page = "#set page(width: 48pt, height: 48pt, margin: 0pt, fill: none)\n"
    source = page + f'#image(bytes("{svg.replace(chr(34), chr(92) + chr(34))}"), format: "svg", width: 48pt)'
    return typst.compile(source.encode(), format="png", ppi=pixels * 1.5)


if __name__ == "__main__":
    for name, (pixels, whole) in ICONS.items():
        (FOLDER / name).write_bytes(drawn(pixels, whole=whole))
