"""What one may do with the outbox. Callers import the module: ``delivery.compose(...)``, ``delivery.stop(...)``."""

from plp.delivery.actions.budgets import forget_spending
from plp.delivery.actions.by_hand import hand_out, put_back, record_outcome
from plp.delivery.actions.composition import BadText, MessageOver, NoChannel, compose, enqueue_all
from plp.delivery.actions.fallback import fall_back
from plp.delivery.actions.outbox_pause import pause, resume
from plp.delivery.actions.receipts import record_receipt, resolve_unknown
from plp.delivery.actions.retention import forget_log, forget_texts, strike_words
from plp.delivery.actions.stops import expire, stop, stop_contact

__all__ = [
    "BadText",
    "MessageOver",
    "NoChannel",
    "compose",
    "enqueue_all",
    "expire",
    "fall_back",
    "forget_log",
    "forget_spending",
    "forget_texts",
    "hand_out",
    "pause",
    "put_back",
    "record_outcome",
    "record_receipt",
    "resolve_unknown",
    "resume",
    "stop",
    "stop_contact",
    "strike_words",
]
