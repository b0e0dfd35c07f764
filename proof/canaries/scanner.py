"""Finds canaries in bytes of any kind: pages, headers, PDF, office files, mails, archives, logs (O1)."""

import email
import email.policy
import gzip
import html
import io
import re
import zipfile
from urllib.parse import unquote

from pypdf import PdfReader

from proof.canaries.fields import FIELDLESS
from proof.canaries.tokens import Token, find_tokens_in_text

DEEPEST = 3  # an archive in an archive in an archive
SOFT_HYPHEN, TAG = "\u00ad", re.compile(r"<[^>]{0,300}>")
ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def find_tokens_in_file_content(content: bytes, seed: str, *, depth: int = DEEPEST) -> set[Token]:
    """Every token in ``content``, whatever kind of file it is; an archive is opened."""
    found = _find_tokens_in_all_readings(content.decode("utf-8", "replace"), seed)
    if depth and content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                found |= _find_tokens_in_all_readings(name, seed) | find_tokens_in_file_content(
                    archive.read(name), seed, depth=depth - 1
                )
    elif depth and content.startswith(b"\x1f\x8b"):
        found |= find_tokens_in_file_content(gzip.decompress(content), seed, depth=depth - 1)
    elif content.startswith(b"%PDF"):
        found |= _find_tokens_in_pdf(content, seed)
    return found


def find_tokens_in_mail(content: bytes, seed: str) -> set[Token]:
    """Headers decoded, every part decoded, what is attached opened."""
    mail = email.message_from_bytes(content, policy=email.policy.default)
    found = _find_tokens_in_all_readings("\n".join(f"{name}: {value}" for name, value in mail.items()), seed)
    for part in mail.walk():
        held = part.get_payload(decode=True)
        if isinstance(held, bytes):
            found |= find_tokens_in_file_content(held, seed)
    return found


def _find_tokens_in_all_readings(text: str, seed: str) -> set[Token]:
    """As it stands, as a reader of the page sees it, and as an address decodes."""
    decoded = ESCAPED.sub(lambda signs: unquote(signs[0]), text)  # unquote alone cuts a database into a million parts
    ways = {text, decoded, TAG.sub("", html.unescape(text)).replace(SOFT_HYPHEN, "")}
    return set().union(*(find_tokens_in_text(way, seed, FIELDLESS) for way in ways))


def _find_tokens_in_pdf(content: bytes, seed: str) -> set[Token]:
    """The text of every page as one, and the words about the file; a line may end in the middle of a token."""
    reader = PdfReader(io.BytesIO(content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    about = " ".join(str(value) for value in (reader.metadata or {}).values())
    broken = re.sub(r"-?\n", "", text)
    return _find_tokens_in_all_readings(f"{text}\n{about}", seed) | _find_tokens_in_all_readings(broken, seed)
