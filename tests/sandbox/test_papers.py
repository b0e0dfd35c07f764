"""Scans and pictures: merge to one PDF, or rejected with the name of the one that cannot be read."""

import io
import struct
import zlib

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.parsers.pdfs import merge_papers
from plp.sandbox.parsers.pictures import encode_as_jpeg

PDF, PNG = "application/pdf", "image/png"


def paper(pages: int = 1) -> bytes:
    """A PDF of empty pages."""
    writer, made = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(100, 100)
    writer.write(made)
    return made.getvalue()


def scan(size: tuple[int, int] = (40, 60)) -> bytes:
    """A page as a picture."""
    made = io.BytesIO()
    Image.new("RGB", size).save(made, "PNG")
    return made.getvalue()


def flood(width: int, height: int) -> bytes:
    """A PNG that says how large it is and holds a little."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(3_000_000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held)) for kind, held in parts
    )


def test_papers_become_one_in_their_order_through_the_sandbox() -> None:
    told = {"media": [PDF, PNG], "titles": ["Charter", "Scan"], "title": "All"}

    made = PdfReader(io.BytesIO(parse_in_sandbox("pdfs:merge_papers", paper(2), scan(), **told)))

    assert len(made.pages) == 3
    assert [one["/Title"] for one in made.outline if isinstance(one, dict)] == ["Charter", "Scan"]
    assert made.metadata is not None
    assert made.metadata.title == "All"


@pytest.mark.parametrize(
    ("content", "media", "key"),
    [
        (b"%PDF-1.7\nrubbish\n%%EOF", PDF, "unreadable"),
        (b"\x89PNG\r\n\x1a\nrubbish", PNG, "unreadable"),
        (flood(50_000, 50_000), PNG, "too_big"),
        (paper(1_001), PDF, "too_big"),
    ],
)
def test_a_paper_that_cannot_be_joined_is_named(content: bytes, media: str, key: str) -> None:
    with pytest.raises(Rejected) as rejected:
        merge_papers(paper(), content, media=[PDF, media], titles=["Charter", "Scan"], title="All")

    assert (rejected.value.key, rejected.value.detail) == (key, "Scan")


@pytest.mark.parametrize(
    ("width", "height", "key"), [(50_000, 50_000, "too_big"), (5_000, 5_000, "too_big"), (900, 900, "unreadable")]
)
def test_pixels_are_counted_before_a_picture_is_laid_out(width: int, height: int, key: str) -> None:
    with pytest.raises(Rejected) as rejected:
        encode_as_jpeg(flood(width, height)[:2_000])

    assert rejected.value.key == key
