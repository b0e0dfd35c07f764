"""What the plan of steps asks of the charter (R27, R92)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from plp.charter.models import SLOTS, Clause, CommunicationPlan, Contact, Deed, FinancingPlan, Party, Signature
from plp.charter.queries.deeds import WRITTEN, signed_and_unsigned_deeds
from plp.charter.queries.money import financing_plan_in_force
from plp.charter.queries.partners import contacts_of_partners, digest_of_contacts
from plp.charter.queries.plan import plan_in_force_now
from plp.charter.states import DeedState
from plp.mandates.grants import Role
from plp.partnership.models import Partnership

NOT_YET = (DeedState.DRAFT, DeedState.AGREED)


@dataclass(frozen=True)
class CharterFacts:
    """Where the charter of one partnership stands.

    ``clauses_open`` counts clauses that some side has not agreed to; it is ``None`` while there is no charter.
    ``signed_by`` is of the charter at work, else of the one that holds; ``signed_at`` of the one that holds.
    ``amendment_due``: contact details, plan, financing or rules are no longer those that were signed (R95).
    """

    contacts_missing: list[Role]
    plan_agreed: bool
    financing_complete: bool
    clauses_open: int | None
    rules_ready: bool
    rules_signed_at: datetime | None
    frozen_at: datetime | None
    signed_by: dict[str, date]
    signed_at: datetime | None
    amendment_due: bool


def charter_facts(partnership: Partnership) -> CharterFacts:
    """The facts of ``partnership`` as they stand, each table read once."""
    deeds, contacts = signed_and_unsigned_deeds(partnership), contacts_of_partners(partnership)
    plan, money = plan_in_force_now(partnership), financing_plan_in_force(partnership)
    charter_held, rules_held = (deeds.get((kind, True)) for kind in (Deed.Kind.CHARTER, Deed.Kind.RULES))
    charter, new_rules = deeds.get((Deed.Kind.CHARTER, False), charter_held), deeds.get((Deed.Kind.RULES, False))
    has_new_rules = new_rules is not None and new_rules.state in WRITTEN
    slots = {contact.slot for contact in contacts}
    names = Signature.objects.filter(deed=charter).values_list("slot", "signed_on") if charter else []
    return CharterFacts(
        contacts_missing=[role for role in SLOTS if role.value not in slots],
        plan_agreed=plan is not None,
        financing_complete=money is not None,
        clauses_open=count_open_clauses(charter) if charter else None,
        rules_ready=rules_held is not None or has_new_rules,
        rules_signed_at=rules_held.signed_at if rules_held else None,
        frozen_at=charter.frozen_at if charter else None,
        signed_by=dict(names),
        signed_at=charter_held.signed_at if charter_held else None,
        amendment_due=charter_held is not None
        and (has_new_rules or _have_annexes_changed(charter_held, contacts, plan, money)),
    )


def _have_annexes_changed(
    deed: Deed, contacts: Iterable[Contact], plan: CommunicationPlan | None, money: FinancingPlan | None
) -> bool:
    """Whether contact details, plan or financing are no longer those that were signed (R95)."""
    return (
        digest_of_contacts(contacts) != deed.contacts_digest
        or (plan is not None and plan.pk != deed.plan_id)
        or (money is not None and money.pk != deed.financing_id)
    )


def count_open_clauses(deed: Deed) -> int:
    """How many clauses some side has not agreed to."""
    if deed.state not in NOT_YET:
        return 0
    missing = 0
    for clause in Clause.objects.filter(deed=deed).prefetch_related("assents"):
        missing += len(clause.assents.all()) < len(Party)
    return missing
