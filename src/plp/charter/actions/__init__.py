"""What one may do with the charter: plan, deeds, proposals, contacts, money, signatures."""

from plp.charter.actions.acceptance import accept_rules, note_acceptance_on_paper, remind_members_to_accept
from plp.charter.actions.amendments import note_interior_told_of_amendment
from plp.charter.actions.clauses import add_clause, agree_all_clauses, agree_clause, delete_clause, write_clause
from plp.charter.actions.deeds import draft_deed, set_circular
from plp.charter.actions.money import draft_financing, settle_financing, write_financing
from plp.charter.actions.partners import set_contact, set_contacts
from plp.charter.actions.plan import (
    FAULT_WORDS,
    BadSilenceLength,
    FaultyPlan,
    agree_plan,
    change_plan_rule,
    draft_plan,
    set_silence_days,
    set_supralocal,
)
from plp.charter.actions.proposals import answer_proposal, propose_words
from plp.charter.actions.reviews import choose_review_day, keep_charter_unchanged
from plp.charter.actions.signatures import (
    note_signature_on_paper,
    put_up_for_signature,
    recall_from_signature,
    sign_charter,
)

__all__ = [
    "FAULT_WORDS",
    "BadSilenceLength",
    "FaultyPlan",
    "accept_rules",
    "add_clause",
    "agree_all_clauses",
    "agree_clause",
    "agree_plan",
    "answer_proposal",
    "change_plan_rule",
    "choose_review_day",
    "delete_clause",
    "draft_deed",
    "draft_financing",
    "draft_plan",
    "keep_charter_unchanged",
    "note_acceptance_on_paper",
    "note_interior_told_of_amendment",
    "note_signature_on_paper",
    "propose_words",
    "put_up_for_signature",
    "recall_from_signature",
    "remind_members_to_accept",
    "set_circular",
    "set_contact",
    "set_contacts",
    "set_silence_days",
    "set_supralocal",
    "settle_financing",
    "sign_charter",
    "write_clause",
    "write_financing",
]
