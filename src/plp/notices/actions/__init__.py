"""What one may do with a notice. Callers import the module: ``notices.draft(...)``, ``notices.relay(...)``."""

from plp.notices.actions.answers import (
    acknowledge_heard_message,
    acknowledge_notice,
    answer_notice,
    delete_old_answers_and_help_calls,
    keep_answer_if_to_notice,
    mark_answers_read,
)
from plp.notices.actions.composition import (
    compose_notice,
    fill_draft_from_sent_notice,
    fill_draft_from_template,
    fill_empty_languages_from_catalogue,
)
from plp.notices.actions.drafts import (
    create_draft,
    drop_draft_and_free_items,
    override_finding,
    restore_dropped_draft,
    return_to_draft,
    set_notice_details,
    write_text_and_drop_composition,
)
from plp.notices.actions.forwards import (
    accept_takeover,
    decline_takeover,
    end_expired_takeovers,
    set_forward_partnerships,
)
from plp.notices.actions.guidance import (
    count_one_withholding,
    create_communication_plan_advice,
    set_decision_model,
    withdraw_communication_plan_advice,
)
from plp.notices.actions.help_calls import (
    answer_cry_for_help_if_one,
    answer_typed_cry_for_help_if_one,
    open_help_call,
    start_help_drill,
    take_over_help_call,
)
from plp.notices.actions.infoflash import (
    draft_due_infoflashes,
    draft_infoflash_now,
    gather_for_infoflash,
    take_out_of_infoflash,
)
from plp.notices.actions.message_drills import send_message_drill
from plp.notices.actions.newcomers import queue_valid_notices_for_newcomers
from plp.notices.actions.release_and_relay import note_notice_seen, relay_notice, release_notice
from plp.notices.actions.replies import (
    delete_old_reply_codes_and_events,
    handle_relay_code_reply,
    relay_confirmed_reply,
)
from plp.notices.actions.screens import acknowledge_on_screen
from plp.notices.actions.submission import name_days_of_later_notice, submit_notice
from plp.notices.actions.targets import choose_target_area
from plp.notices.actions.withdrawals import end_open_notices, expire_or_withdraw_notices, retract_everywhere
from plp.notices.actions.zone_texts import (
    propose_zone_text,
    release_zone_text,
    withdraw_zone_text,
    write_zone_sentence,
    write_zone_template,
)
