"""A picture from a stranger, made anew: known by its content, without anything but its pixels (R121)."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps, JpegImagePlugin, PdfImagePlugin, PngImagePlugin, WebPImagePlugin

from plp.sandbox.parsers import Rejected

PLUGINS = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin, PdfImagePlugin)  # loaded now, never later
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}  # a JPEG is read at a smaller scale
PNG, JPEG_SCAN = b"\x89PNG\r\n\x1a\n", b"\xff\xda"
MOST_SCANS, MOST_CHUNKS = 60, 20_000  # of a JPEG, of a PNG: each is work, however small
LONGEST_SIDE, LONGEST_SCAN = 2_000, 4_000  # pixels of what is made
QUALITY = 82
RESOLUTION = 150  # dots an inch of a scan that becomes a page


def encode_as_jpeg(content: bytes, longest: int = LONGEST_SIDE) -> bytes:
    """A JPEG of at most ``longest`` pixels a side, turned upright. Rejects ``unreadable`` and ``too_big``."""
    with _reject_broken():
        return _encode_jpeg(_load_upright(content, longest))


def picture_as_pdf_page(content: bytes) -> bytes:
    """A scanned picture as a PDF of one page. Rejects as ``reencode``."""
    with _reject_broken():
        buffer = io.BytesIO()
        _load_upright(content, LONGEST_SCAN).convert("RGB").save(buffer, "PDF", resolution=RESOLUTION)
        return buffer.getvalue()


@contextmanager
def _reject_broken() -> Iterator[None]:
    """Whatever a decoder says of a picture is a rejection."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a decompression bomb is a warning to Pillow; to us it is the end
        try:
            yield
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
            raise Rejected("too_big") from bomb
        except (OSError, ValueError, SyntaxError, Warning) as broken:
            raise Rejected("unreadable") from broken


def _load_upright(content: bytes, longest: int) -> Image.Image:
    """The picture as people hold it, no side longer than ``longest`` pixels."""
    if _has_too_many_parts(content):
        raise Rejected("too_big")
    with Image.open(io.BytesIO(content), formats=list(MOST_PIXELS)) as picture:
        if picture.width * picture.height > MOST_PIXELS[str(picture.format)]:
            raise Rejected("too_big")
        if getattr(picture, "n_frames", 1) > 1:
            raise Rejected("unreadable")
        picture.draft("RGB", (longest, longest))
        picture.thumbnail((longest, longest))
        return ImageOps.exif_transpose(picture)


def _has_too_many_parts(content: bytes) -> bool:
    if not content.startswith(PNG):
        return content.count(JPEG_SCAN) > MOST_SCANS
    count, place = 0, len(PNG)
    while place < len(content) and count <= MOST_CHUNKS:
        place += 12 + int.from_bytes(content[place : place + 4])
        count += 1
    return count > MOST_CHUNKS


def _encode_jpeg(upright: Image.Image) -> bytes:
    rgba = upright.convert("RGBA")
    plain = Image.new("RGB", rgba.size, "white")
    plain.paste(rgba, mask=rgba.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
