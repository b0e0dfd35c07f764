"""What one may do with the charter: plan, deeds, proposals, contacts, money, signatures."""

from plp.charter.actions.accepting import accept_on_paper, accept_rules, remind_members
from plp.charter.actions.amendments import note_told
from plp.charter.actions.clauses import add_clause, agree_all, agree_clause, drop_clause, write_clause
from plp.charter.actions.deeds import draft_deed, set_circular
from plp.charter.actions.money import draft_financing, settle_financing, write_financing
from plp.charter.actions.partners import set_contact
from plp.charter.actions.plan import (
    FAULTS,
    BadSilence,
    FaultyPlan,
    agree,
    amend_rule,
    draft_plan,
    set_answers,
    set_silence,
)
from plp.charter.actions.proposals import answer, propose
from plp.charter.actions.signing import put_up, recall, sign, sign_on_paper

__all__ = [
    "FAULTS",
    "BadSilence",
    "FaultyPlan",
    "accept_on_paper",
    "accept_rules",
    "add_clause",
    "agree",
    "agree_all",
    "agree_clause",
    "amend_rule",
    "answer",
    "draft_deed",
    "draft_financing",
    "draft_plan",
    "drop_clause",
    "note_told",
    "propose",
    "put_up",
    "recall",
    "remind_members",
    "set_answers",
    "set_circular",
    "set_contact",
    "set_silence",
    "settle_financing",
    "sign",
    "sign_on_paper",
    "write_clause",
    "write_financing",
]
