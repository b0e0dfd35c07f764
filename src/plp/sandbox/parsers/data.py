"""JSON that another installation wrote: whether it can be taken in at all."""

import json
from typing import Any

from plp.sandbox.parsers import Rejected

DEEPEST = 12


def checked(content: bytes) -> list[str]:
    """The names in the object that a JSON file holds, once all of it has been read. Rejects ``unreadable``."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise Rejected("unreadable") from wrong
    if not isinstance(found, dict) or not _is_shallow(found, DEEPEST):
        raise Rejected("unreadable")
    return sorted(found)


def _is_shallow(value: Any, depth: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return depth > 0 and all(_is_shallow(one, depth - 1) for one in inner)
