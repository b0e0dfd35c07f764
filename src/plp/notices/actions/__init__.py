"""What one may do with a notice. Callers import the module: ``notices.draft(...)``, ``notices.relay(...)``."""

from plp.notices.actions.passing import expire, relay, release, see
from plp.notices.actions.withdrawing import retract, withdraw_ended
from plp.notices.actions.writing import describe, draft, drop, override, send_back, submit, write

__all__ = [
    "describe",
    "draft",
    "drop",
    "expire",
    "override",
    "relay",
    "release",
    "retract",
    "see",
    "send_back",
    "submit",
    "withdraw_ended",
    "write",
]
