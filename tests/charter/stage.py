"""A partnership of the cast with everything that its charter needs, and the mayor who signs it."""

from collections.abc import Iterable
from decimal import Decimal

from plp.charter import actions as charter
from plp.charter.actions.money import CostEntry, FinancingEntry
from plp.charter.models import SLOTS, Deed, FinancingPlan
from plp.mandates.grants import Role
from plp.people.models import Person
from tests.factories.cast import NOW, Cast, area, hold, person

SOUND = FinancingEntry(
    lines=[CostEntry("base", "SMS", Decimal("240.00"), "municipality")],
    uninsured_because="The municipality asks its insurer.",
)


class Stage(Cast):
    """The cast with a mayor; ``sides`` are one person for each party at the table."""

    def __post_init__(self) -> None:
        """Add the mayor."""
        super().__post_init__()
        self.mayor = person("Maud Voorbeeld", "nl")
        hold(self.mayor, Role.MUNICIPALITY, area("municipality", "be/z1/m21004/", "Bruxelles"))
        self.partnership = self.here.partnership

    @property
    def sides(self) -> list[Person]:
        """Police, municipality, residents."""
        return [self.officer, self.mayor, self.here.coordinator]

    @property
    def signers(self) -> dict[str, Person]:
        """Who holds each slot."""
        people = (self.mayor, self.chief, self.officer, self.here.coordinator)
        return dict(zip([role.value for role in SLOTS], people, strict=True))


def give_contacts(stage: Stage, slots: Iterable[Role] = SLOTS) -> None:
    """Contact details of the partners."""
    for role in slots:
        charter.set_contact_and_amend_charter(
            partnership=stage.partnership,
            slot=role,
            organisation="Service",
            name="Name",
            email=f"{role}@plp.test",
            phone="",
            by=stage.officer,
            at=NOW,
        )


def settled(stage: Stage, entry: FinancingEntry = SOUND) -> FinancingPlan:
    """A financing plan that holds."""
    plan = charter.get_or_begin_financing_draft(partnership=stage.partnership, by=stage.officer, at=NOW)
    charter.save_financing_draft(plan=plan, entry=entry, by=stage.officer, at=NOW)
    charter.adopt_financing_and_amend_charter(plan=plan, may_be_untranslated=True, by=stage.officer, at=NOW)
    return plan


def drafted(stage: Stage, kind: str = "charter") -> Deed:
    """A first version with our clauses."""
    return charter.draft_next_deed_version(partnership=stage.partnership, kind=kind, by=stage.officer, at=NOW)


def agreed(stage: Stage, kind: str = "charter") -> Deed:
    """A version to which every side agreed."""
    deed = drafted(stage, kind)
    for side in stage.sides:
        agree_to_all(deed, side)
    return Deed.objects.get(pk=deed.pk)


def agree_to_all(deed: Deed, side: Person) -> None:
    """Agree to every clause as it stands."""
    seen = dict(deed.clauses.values_list("key", "revision"))
    charter.agree_to_all_clauses(deed=deed, seen=seen, by=side, at=NOW)


def put_up(stage: Stage, order: Iterable[str] = ()) -> Deed:
    """A charter that waits for its signatures."""
    give_contacts(stage)
    settled(stage)
    agreed(stage, "rules")
    deed = agreed(stage)
    charter.freeze_and_mail_for_signature(
        deed=deed, order=list(order), may_be_untranslated=True, by=stage.officer, at=NOW
    )
    return Deed.objects.get(pk=deed.pk)


def sign(deed: Deed, slot: str, who: Person) -> None:
    """Sign in the portal with a proof just given."""
    charter.sign_charter(deed=deed, slot=slot, quality="", fingerprint=deed.fingerprint, proven_at=NOW, by=who, at=NOW)


def signed(stage: Stage) -> Deed:
    """A charter that all four signed."""
    deed = put_up(stage)
    for slot, who in stage.signers.items():
        sign(deed, slot, who)
    return Deed.objects.get(pk=deed.pk)
