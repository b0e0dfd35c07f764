"""What this room knows of a person: nothing. Who belongs to a partnership is known to ``membership``."""

PERSONAL: dict[str, str] = {}
