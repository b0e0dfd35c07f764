"""A picture from a stranger becomes a harmless one: known by its content, made anew, without hidden data (R121)."""

import io
import warnings

from PIL import Image, ImageOps

from plp.sightings.refusals import NoPicture
from plp.toolbox.scan import scan

MOST_BYTES = 10_000_000
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}  # a JPEG is read at a smaller scale
LONGEST_SIDE = 2_000
QUALITY = 82
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


def harmless(content: bytes) -> bytes:
    """``content`` as a new JPEG of at most 2000 pixels a side, turned upright, with nothing but its pixels.

    Raises ``NoPicture`` for another kind of file, a broken or too large one; ``scan.Infected`` and ``scan.NotScanned``.
    """
    if len(content) > MOST_BYTES or not content.startswith(BEGINNINGS):
        raise NoPicture
    scan(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a decompression bomb is a warning to Pillow; to us it is the end
            return _made_anew(content)
    except NoPicture:
        raise
    except Exception as broken:  # whatever a decoder trips over in a file made to hurt it
        raise NoPicture from broken


def _made_anew(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=list(MOST_PIXELS)) as picture:
        if picture.width * picture.height > MOST_PIXELS[str(picture.format)] or getattr(picture, "n_frames", 1) > 1:
            raise NoPicture
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        whole = upright.convert("RGBA")
        plain = Image.new("RGB", whole.size, "white")
        plain.paste(whole, mask=whole.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
