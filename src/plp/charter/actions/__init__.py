"""What one may do with the charter: plan, deeds, proposals, contacts, money, signatures."""

from plp.charter.actions.acceptance import accept_rules, record_rules_accepted_on_paper, remind_members_to_accept_rules
from plp.charter.actions.amendments import note_interior_told_of_amendment, raise_amendments_for_ended_offices
from plp.charter.actions.clauses import (
    add_clause,
    agree_to_all_clauses,
    agree_to_clause,
    change_clause_text_and_void_assents,
    delete_clause,
    set_circular_date_and_clauses,
)
from plp.charter.actions.deeds import draft_next_deed_version
from plp.charter.actions.money import (
    adopt_financing_and_amend_charter,
    get_or_begin_financing_draft,
    save_financing_draft,
)
from plp.charter.actions.partners import set_contact_and_amend_charter, set_contacts_and_amend_charter
from plp.charter.actions.plan import (
    FAULT_WORDS,
    BadSilenceLength,
    FaultyPlan,
    agree_plan_and_enforce_when_both,
    change_plan_rule_and_void_agreements,
    draft_next_plan_version,
    set_silence_days_and_void_agreements,
    set_takes_supralocal_and_void_agreements,
)
from plp.charter.actions.proposals import answer_proposal_and_apply_accepted, propose_clause_text_or_remark
from plp.charter.actions.reviews import postpone_review_of_unchanged_charter, set_charter_review_day
from plp.charter.actions.signatures import (
    freeze_and_mail_for_signature,
    note_signature_on_paper,
    recall_from_signature_to_draft,
    sign_charter,
)
