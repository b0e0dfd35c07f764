"""Proofs that are handed in: small, and what their content says they are (T23, T30). Pure."""

from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused

MOST_BYTES = 5 * 2**20
PROOF_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
TAIL = 1024  # bytes in which a PDF ends


class ProofTooLarge(Refused):
    """The file is larger than a proof needs to be."""

    sentence = _("This file is larger than 5 MB. Scan it in black and white, or at a lower quality.")


class NotAProofFile(Refused):
    """The content is none of the kinds we keep, whatever the name says."""

    sentence = _("Only a PDF, PNG or JPEG file can be kept. Save or scan your document as one of these.")
    field = "file"


def proof_file_ending(content: bytes) -> str:
    """``pdf``, ``png`` or ``jpg``, told by the content. Raises ``ProofTooLarge`` or ``NotAProofFile``."""
    if len(content) > MOST_BYTES:
        raise ProofTooLarge
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-TAIL:]:
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content.rstrip(b"\0").endswith(b"IEND\xaeB`\x82"):
        return "png"
    if content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\0").endswith(b"\xff\xd9"):
        return "jpg"
    raise NotAProofFile


def content_digest(content: bytes) -> str:
    """The digest by which one sees that a kept file is still the same."""
    return sha256(content).hexdigest()
