"""What one may do between installations. Callers import the module: ``exchange.invite(...)``."""

from plp.exchange.actions.introductions import (
    accept_invitation,
    confirm_partner,
    create_invitation,
    end_partner,
    get_or_create_own_key,
    renew_own_keys_and_announce,
)
from plp.exchange.actions.moved_contacts import forward_stop_of_address, forward_stop_to_partner
from plp.exchange.actions.moves import accept_move, offer_move, recall_move, refuse_move
from plp.exchange.actions.offers import (
    accept_offer_and_draft_notice,
    refuse_offer,
    set_offer_partners,
    update_offers_and_queue_letters,
)
from plp.exchange.actions.reception import receive_letters_of_file, receive_partner_letter
from plp.exchange.actions.register import queue_register_entries
