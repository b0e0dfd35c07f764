"""How much is kept, and for how long (pure)."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

Typed = Mapping[str, Sequence[str]]

KEPT_FOR = timedelta(days=14)  # over two weekends; afterwards what was typed is no longer wanted
MOST_BYTES = 100_000
MOST_FORMS = 40  # a person; the oldest gives way
LONGEST_PAGE = 200


def draft_as_json(typed: Typed) -> str | None:
    """What was typed as JSON; ``None`` when there is nothing in it, or more than is kept."""
    is_filled = any(value.strip() for values in typed.values() for value in values)
    text = json.dumps({name: list(values) for name, values in typed.items()})
    return text if is_filled and len(text.encode()) <= MOST_BYTES else None


def parse_draft_values(text: str) -> dict[str, list[str]]:
    """The contrary of ``draft_as_json``."""
    values: dict[str, list[str]] = json.loads(text)
    return values
