"""What one may do with a notice. Callers import the module: ``notices.draft(...)``, ``notices.relay(...)``."""

from plp.notices.actions.answers import (
    acknowledge,
    answer_notice,
    delete_old_answers,
    note_answers_read,
    note_heard,
    take_reply,
)
from plp.notices.actions.composition import begin_from_template, compose_notice, fill_in_template, say_again
from plp.notices.actions.drafts import (
    create_draft,
    describe_notice,
    drop_draft,
    override_finding,
    send_back,
    submit_notice,
    take_up_draft,
    write_text,
)
from plp.notices.actions.forwards import (
    accept_takeover,
    choose_partnerships,
    decline_takeover,
    end_unanswered_takeovers,
)
from plp.notices.actions.guidance import give_advice, note_withholding, set_decision_model, take_back_advice
from plp.notices.actions.help_calls import ask_for_help, start_help_drill, take_cry, take_help_call
from plp.notices.actions.infoflash import (
    draft_due_infoflashes,
    draft_infoflash_now,
    gather_for_infoflash,
    take_out_of_infoflash,
)
from plp.notices.actions.newcomers import send_to_newcomers
from plp.notices.actions.release_and_relay import expire, note_seen, relay, release
from plp.notices.actions.replies import forget_codes, handle_reply, relay_confirmed_reply
from plp.notices.actions.screens import acknowledge_on_screen
from plp.notices.actions.targets import choose_target_area
from plp.notices.actions.withdrawals import retract_notice, withdraw_ended_notices
from plp.notices.actions.zone_texts import (
    propose_zone_text,
    release_zone_text,
    withdraw_zone_text,
    write_sentence,
    write_template,
)

__all__ = [
    "accept_takeover",
    "acknowledge",
    "acknowledge_on_screen",
    "answer_notice",
    "ask_for_help",
    "begin_from_template",
    "choose_partnerships",
    "choose_target_area",
    "compose_notice",
    "create_draft",
    "decline_takeover",
    "delete_old_answers",
    "describe_notice",
    "draft_due_infoflashes",
    "draft_infoflash_now",
    "drop_draft",
    "end_unanswered_takeovers",
    "expire",
    "fill_in_template",
    "forget_codes",
    "gather_for_infoflash",
    "give_advice",
    "handle_reply",
    "note_answers_read",
    "note_heard",
    "note_seen",
    "note_withholding",
    "override_finding",
    "propose_zone_text",
    "relay",
    "relay_confirmed_reply",
    "release",
    "release_zone_text",
    "retract_notice",
    "say_again",
    "send_back",
    "send_to_newcomers",
    "set_decision_model",
    "start_help_drill",
    "submit_notice",
    "take_back_advice",
    "take_cry",
    "take_help_call",
    "take_out_of_infoflash",
    "take_reply",
    "take_up_draft",
    "withdraw_ended_notices",
    "withdraw_zone_text",
    "write_sentence",
    "write_template",
    "write_text",
]
