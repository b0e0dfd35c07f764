"""What one may do with the outbox. Callers import the module: ``delivery.create_message(...)``."""

from plp.delivery.actions.budgets import delete_old_number_and_code_counters
from plp.delivery.actions.by_hand import (
    mark_handed_out,
    record_hand_outcome_and_reroute,
    return_unticked_copies_to_list,
)
from plp.delivery.actions.composition import (
    BadText,
    MessageOver,
    NoChannel,
    create_message,
    enqueue_copy_for_each_person,
)
from plp.delivery.actions.fallback import requeue_failed_by_next_contact
from plp.delivery.actions.outbox_pause import pause_outbox, resume_outbox
from plp.delivery.actions.receipts import record_receipt_and_move_dispatch, resolve_unknown_copy
from plp.delivery.actions.retention import (
    delete_old_messages_and_copies,
    delete_texts_of_ended_messages,
    redact_terms_in_sent_texts,
)
from plp.delivery.actions.stops import expire_waiting_copies, stop_contact, stop_message, stop_waiting_messages
