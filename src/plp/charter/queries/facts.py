"""What the plan of steps asks of the charter (R27, R92)."""

from dataclasses import dataclass
from datetime import date, datetime

from plp.charter.models import Clause, Deed, Party, Signature
from plp.charter.queries.deeds import latest_deed, rules_to_accept, signed_deed
from plp.charter.queries.money import financing_settled
from plp.charter.queries.partners import contacts_digest, partners_without_contact
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
    """

    contacts_missing: list[Role]
    plan_agreed: bool
    financing_complete: bool
    clauses_open: int | None
    rules_ready: bool
    frozen_at: datetime | None
    signed_by: dict[str, date]
    signed_at: datetime | None
    amendment_due: bool


def charter_facts(partnership: Partnership) -> CharterFacts:
    """The facts of ``partnership`` as they stand, each read from its own table."""
    now, held = latest_deed(partnership, Deed.Kind.CHARTER), signed_deed(partnership, Deed.Kind.CHARTER)
    names = Signature.objects.filter(deed=now).values_list("slot", "signed_on") if now else []
    return CharterFacts(
        contacts_missing=partners_without_contact(partnership),
        plan_agreed=plan_in_force_now(partnership) is not None,
        financing_complete=financing_settled(partnership) is not None,
        clauses_open=count_open_clauses(now) if now else None,
        rules_ready=rules_to_accept(partnership) is not None,
        frozen_at=now.frozen_at if now else None,
        signed_by=dict(names),
        signed_at=held.signed_at if held else None,
        amendment_due=held is not None and is_outdated(held),
    )


def count_open_clauses(deed: Deed) -> int:
    """How many clauses some side has not agreed to."""
    if deed.state not in NOT_YET:
        return 0
    missing = 0
    for clause in Clause.objects.filter(deed=deed).prefetch_related("assents"):
        missing += len(clause.assents.all()) < len(Party)
    return missing


def is_outdated(deed: Deed) -> bool:
    """Whether contact details, plan, financing or rules are no longer those that were signed (R95)."""
    partnership = deed.partnership
    plan, money = plan_in_force_now(partnership), financing_settled(partnership)
    return (
        contacts_digest(partnership) != deed.contacts_digest
        or (plan is not None and plan.pk != deed.plan_id)
        or (money is not None and money.pk != deed.financing_id)
        or has_newer_rules(deed)
    )


def has_newer_rules(deed: Deed) -> bool:
    """Whether the partners agreed to internal rules that came after those of ``deed``."""
    return Deed.objects.filter(
        partnership=deed.partnership, kind=Deed.Kind.RULES, state__in=[DeedState.AGREED, DeedState.SIGNING]
    ).exists()
