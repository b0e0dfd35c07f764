"""A picture from a stranger becomes a harmless one: known by its content, made anew, without hidden data (R121)."""

from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.virus_scan import scan_for_viruses
from plp.sightings.refusals import NoPicture

MOST_BYTES = 10_000_000
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


def reencode_picture_as_jpeg(content: bytes, *, longest: int = 2_000) -> bytes:
    """``content`` as a new JPEG of at most ``longest`` pixels a side, turned upright, with nothing but its pixels.

    Raises ``NoPicture`` for another kind of file, a broken or too large one; what ``scan`` and ``parse`` refuse.
    """
    if len(content) > MOST_BYTES or not content.startswith(BEGINNINGS):
        raise NoPicture
    scan_for_viruses(content)
    try:
        picture: bytes = parse_in_sandbox("pictures:encode_as_jpeg", content, longest=longest)
    except Rejected as rejected:
        raise NoPicture from rejected
    return picture
