"""What one may ask of the charter: the plan in force, the deeds, the partners, the money, the facts."""

from plp.charter.queries.acceptance import asked_without_answer, members, not_accepted, rules_waiting
from plp.charter.queries.deeds import (
    ClauseRow,
    amendments_of,
    at_work,
    clause_rows,
    deed_in_force,
    latest,
    notes_of,
    party_of,
    rules_to_accept,
    rules_to_sign,
    signed,
    versions,
)
from plp.charter.queries.facts import CharterFacts, facts
from plp.charter.queries.files import Damage, damaged, file_bytes, files_of, frozen_files
from plp.charter.queries.money import financing_at_work, financing_settled, in_numbers, money_of
from plp.charter.queries.partners import charter_partnerships, contacts_digest, contacts_missing, contacts_of
from plp.charter.queries.plan import (
    NoPlan,
    as_rule,
    default_rules,
    plan_at_work,
    plan_in_force,
    plan_that_holds,
    plan_versions,
    rule_for,
    rules_of,
)
from plp.charter.queries.signing import SlotRow, may_fill, obstacles, slots, usual_order
from plp.charter.queries.waiting import Waiting, waiting_for

__all__ = [
    "CharterFacts",
    "ClauseRow",
    "Damage",
    "NoPlan",
    "SlotRow",
    "Waiting",
    "amendments_of",
    "as_rule",
    "asked_without_answer",
    "at_work",
    "charter_partnerships",
    "clause_rows",
    "contacts_digest",
    "contacts_missing",
    "contacts_of",
    "damaged",
    "deed_in_force",
    "default_rules",
    "facts",
    "file_bytes",
    "files_of",
    "financing_at_work",
    "financing_settled",
    "frozen_files",
    "in_numbers",
    "latest",
    "may_fill",
    "members",
    "money_of",
    "not_accepted",
    "notes_of",
    "obstacles",
    "party_of",
    "plan_at_work",
    "plan_in_force",
    "plan_that_holds",
    "plan_versions",
    "rule_for",
    "rules_of",
    "rules_to_accept",
    "rules_to_sign",
    "rules_waiting",
    "signed",
    "slots",
    "usual_order",
    "versions",
    "waiting_for",
]
