"""Our own name of a copy: stable over every try, so that a second copy is known as one (Message-ID, SMS reference)."""

from uuid import UUID


def reference_of(dispatch_id: int, message: UUID | str) -> str:
    """The reference of dispatch ``dispatch_id``: ``p<number>-<message id in 32 hex digits>``."""
    return f"p{dispatch_id}-{message.hex if isinstance(message, UUID) else message.replace('-', '')}"


def parse_reference(reference: str) -> tuple[int, UUID] | None:
    """Number and message behind one of our references, or None when it is a supplier's own."""
    number, dash, message = reference.removeprefix("p").partition("-")
    if not reference.startswith("p") or not dash or not number.isdecimal() or len(number) > 18 or len(message) != 32:
        return None
    try:
        return int(number), UUID(hex=message)
    except ValueError:
        return None
