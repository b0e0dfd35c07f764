"""What one may do with a notice. Callers import the module: ``notices.draft(...)``, ``notices.relay(...)``."""

from plp.notices.actions.answers import (
    delete_old_answers_readings_and_help_calls,
    mark_answers_read_by_police,
    record_notice_of_call_heard,
    record_notice_read_once,
    save_answer_for_police_if_to_notice,
    save_form_answer_for_police,
)
from plp.notices.actions.composition import (
    fill_draft_from_sent_notice,
    fill_draft_from_template,
    fill_empty_languages_from_catalogue,
    fill_feedback_from_catalogue,
    rewrite_draft_from_composition,
)
from plp.notices.actions.drafts import (
    create_notice_draft,
    drop_draft_and_free_infoflash_items,
    restore_dropped_draft,
    return_submitted_notice_to_author,
    save_override_of_finding_with_reason,
    set_details_of_draft,
    write_text_and_drop_composition,
)
from plp.notices.actions.forwards import (
    accept_takeover_and_release_copy,
    close_expired_takeover_requests,
    decline_takeover_with_reason,
    set_other_partnerships_of_draft,
)
from plp.notices.actions.guidance import (
    count_one_withheld_message,
    create_communication_plan_advice,
    set_decision_model_of_zone,
    withdraw_communication_plan_advice,
)
from plp.notices.actions.help_calls import (
    answer_cry_for_help_if_one,
    answer_typed_cry_for_help_if_one,
    mark_help_call_taken,
    open_help_call_and_mail_coordinator,
    start_drill_of_cry_for_help,
)
from plp.notices.actions.infoflash import (
    draft_due_infoflashes,
    draft_infoflash_now,
    hold_draft_for_next_infoflash,
    return_gathered_notice_to_draft,
)
from plp.notices.actions.message_drills import send_drill_to_consenting_members
from plp.notices.actions.newcomers import queue_valid_notices_for_newcomers
from plp.notices.actions.release_and_relay import (
    record_notice_opened_by_coordinator,
    relay_notice_to_members,
    release_text_as_second_person,
)
from plp.notices.actions.replies import (
    delete_old_reply_codes_and_events,
    relay_by_code_reply_and_answer,
    relay_reply_confirmed_by_mail,
)
from plp.notices.actions.screens import record_seen_on_shop_screen
from plp.notices.actions.submission import name_days_of_later_notice, submit_notice_for_release
from plp.notices.actions.targets import set_target_area_of_draft
from plp.notices.actions.withdrawals import (
    drop_or_expire_notices_of_ended_partnership,
    expire_or_withdraw_notices,
    retract_notice_everywhere,
)
from plp.notices.actions.zone_texts import (
    propose_zone_text_to_other_zones,
    release_zone_text_as_second_person,
    save_zone_sentence_for_release,
    save_zone_template_for_release,
    withdraw_zone_text,
)
