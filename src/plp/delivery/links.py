"""The links that a copy carries, built from the configured origin only (T8)."""

from uuid import UUID

from plp.delivery import pages
from plp.toolbox.crypto import is_valid_signature, sign

PURPOSE = "stop"


def settings_link() -> str:
    """Where a member opens his own settings with a code. Holds no token: it may be forwarded."""
    return pages.MEMBER_SETTINGS.link().removesuffix("/")


def stop_link(contact_id: UUID | str) -> str:
    """The link by which one contact is stopped: ``/stop/<contact in 32 hex digits>/<signature>``.

    It opens a page with one button; a POST to it (one click, RFC 8058) stops at once. GET changes nothing (T7).
    """
    key = contact_id.hex if isinstance(contact_id, UUID) else contact_id.replace("-", "")
    return pages.STOP.link(key, sign(key, purpose=PURPOSE))


def is_valid_stop_link(contact: str, signature: str) -> bool:
    """Whether the two parts of a stop link belong together."""
    return is_valid_signature(contact, signature, purpose=PURPOSE)
