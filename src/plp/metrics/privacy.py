"""What this room knows of a person: nothing. It counts requests, sends and receipts."""

PERSONAL: dict[str, str] = {}
