"""Papers as one PDF: sealed texts of ours, and scans that somebody handed in."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pypdf import PdfReader, PdfWriter

from plp.sandbox.parsers import Rejected, pictures

PDF = "application/pdf"
MOST_PAGES = 1_000


def merge_papers(*contents: bytes, media: Sequence[str], titles: Sequence[str], title: str) -> bytes:
    """All papers one after the other, a bookmark each; a picture of a page becomes a page.

    ``media`` and ``titles`` tell of each of ``contents``; ``title`` is that of the whole. Rejects ``unreadable`` with
    the title of the paper, and ``too_big`` for more pages than anybody prints.
    """
    writer, buffer = PdfWriter(), io.BytesIO()
    for content, kind, name in zip(contents, media, titles, strict=True):
        with _reject_broken(name):
            reader = PdfReader(io.BytesIO(content if kind == PDF else pictures.picture_as_pdf_page(content)))
            if len(reader.pages) + len(writer.pages) > MOST_PAGES:
                raise Rejected("too_big")
            writer.append(reader, outline_item=name, import_outline=False)
    with _reject_broken(""):
        writer.add_metadata({"/Title": title})
        writer.write(buffer)
    return buffer.getvalue()


@contextmanager
def _reject_broken(title: str) -> Iterator[None]:
    """Whatever the library trips over in a broken paper is a rejection with its title."""
    try:
        yield
    except MemoryError:
        raise
    except Rejected as rejected:
        raise Rejected(rejected.key, title) from rejected
    except Exception as broken:
        raise Rejected("unreadable", title) from broken
