"""JSON that another installation wrote: whether it can be taken in at all."""

import json
from typing import Any

from plp.sandbox.parsers import Rejected

DEEPEST = 12


def keys_of_object(content: bytes) -> list[str]:
    """The names in the object that a JSON file holds, once all of it has been read. Rejects ``unreadable``."""
    return sorted(read_small_object(content))


def read_small_object(content: bytes) -> dict[str, Any]:
    """The object that a short JSON file holds. Rejects ``unreadable``."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise Rejected("unreadable") from wrong
    if not isinstance(document, dict) or not _is_shallow(document, DEEPEST):
        raise Rejected("unreadable")
    return document


def _is_shallow(value: Any, depth: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return depth > 0 and all(_is_shallow(item, depth - 1) for item in inner)
