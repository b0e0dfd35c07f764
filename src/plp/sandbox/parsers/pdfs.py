"""Papers as one PDF: sealed texts of ours, and scans that somebody handed in."""

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from plp.sandbox.parsers import Rejected, pictures

PDF = "application/pdf"
MOST_PAGES = 1_000
BROKEN = (PyPdfError, ValueError, TypeError, LookupError, AttributeError, RecursionError, OSError)


def joined(*contents: bytes, media: Sequence[str], titles: Sequence[str], title: str) -> bytes:
    """All papers one after the other, a bookmark each; a picture of a page becomes a page.

    ``media`` and ``titles`` tell of each of ``contents``; ``title`` is that of the whole. Rejects ``unreadable`` with
    the title of the paper, and ``too_big`` for more pages than anybody prints.
    """
    writer = PdfWriter()
    for content, kind, name in zip(contents, media, titles, strict=True):
        try:
            reader = PdfReader(io.BytesIO(content if kind == PDF else pictures.page(content)))
            if len(reader.pages) + len(writer.pages) > MOST_PAGES:
                raise Rejected("too_big")
            writer.append(reader, outline_item=name, import_outline=False)
        except BROKEN as broken:
            raise Rejected("unreadable", name) from broken
        except Rejected as rejected:
            raise Rejected(rejected.key, name) from rejected
    writer.add_metadata({"/Title": title})
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()
