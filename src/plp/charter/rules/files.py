"""What a file is, by its content and never by its name."""

MAGIC = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
PDF_END = b"%%EOF"
TAIL = 2048  # bytes at the end in which a whole PDF says that it ends


def media_type_of(content: bytes) -> str | None:
    """The media type of a PDF, PNG or JPEG; ``None`` for anything else, and for a PDF that was cut off."""
    for magic, media in MAGIC.items():
        if content.startswith(magic):
            return None if media == "application/pdf" and PDF_END not in content[-TAIL:] else media
    return None
