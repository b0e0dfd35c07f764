"""What one may do between installations. Callers import the module: ``exchange.invite(...)``."""

from plp.exchange.actions.meeting import (
    accept_invitation,
    confirm_partner,
    create_invitation,
    current_key,
    end_partner,
    renew_keys,
)
from plp.exchange.actions.offers import (
    accept_offer,
    choose_partners,
    queue_due_letters,
    refuse_offer,
)
from plp.exchange.actions.reception import receive_file, receive_letter
from plp.exchange.actions.register import tell_register

__all__ = [
    "accept_invitation",
    "accept_offer",
    "choose_partners",
    "confirm_partner",
    "create_invitation",
    "current_key",
    "end_partner",
    "queue_due_letters",
    "receive_file",
    "receive_letter",
    "refuse_offer",
    "renew_keys",
    "tell_register",
]
