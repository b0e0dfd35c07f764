"""What one may do with a notice. Callers import the module: ``notices.draft(...)``, ``notices.relay(...)``."""

from plp.notices.actions.bundling import bundle_due, bundle_now, gather, take_out
from plp.notices.actions.forwarding import accept, choose, decline, end_asking
from plp.notices.actions.guiding import recommend, set_model, take_back_advice, withhold
from plp.notices.actions.passing import expire, relay, release, see
from plp.notices.actions.replying import confirm_reply, forget_codes, take_reply
from plp.notices.actions.withdrawing import retract, withdraw_ended
from plp.notices.actions.writing import begin_with, describe, draft, drop, override, send_back, submit, take_up, write

__all__ = [
    "accept",
    "begin_with",
    "bundle_due",
    "bundle_now",
    "choose",
    "confirm_reply",
    "decline",
    "describe",
    "draft",
    "drop",
    "end_asking",
    "expire",
    "forget_codes",
    "gather",
    "override",
    "recommend",
    "relay",
    "release",
    "retract",
    "see",
    "send_back",
    "set_model",
    "submit",
    "take_back_advice",
    "take_out",
    "take_reply",
    "take_up",
    "withdraw_ended",
    "withhold",
    "write",
]
