"""The cast: officer, coordinator, deputy, member, ... and the coordinator of the NEXT quarter, who must see nothing.

Invented people on real streets. ``Cast()`` builds two quarters of one zone and one of another.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from plp.charter import actions as charter
from plp.charter.models import CommunicationPlan
from plp.charter.queries import default_plan_rules
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.membership.models import Membership
from plp.partnership import actions as partnerships
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people import actions as people
from plp.people.models import ContactPoint, Person
from plp.places.models import Area
from tests.factories.kept import brought_back

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # ten o'clock in Brussels, a Wednesday
PURPOSE = {"fr": "Vivre tranquilles", "nl": "Rustig wonen", "de": "Ruhig wohnen", "en": "Live in peace"}


def area(kind: str, path: str, name: str) -> Area:
    """An area, or the one that is already at this path."""
    return Area.objects.get_or_create(path=path, defaults={"kind": kind, "name_fr": name, "name_nl": name})[0]


def person(name: str, language: str = "fr") -> Person:
    """A person without household or contact."""
    return people.register_person(name=name, language=language, by=None, at=NOW)


def contact(owner: Person, channel: str, address: str, *, confirmed: bool = True, rank: int = 0) -> ContactPoint:
    """A contact point, confirmed unless told otherwise."""
    point = people.add_contact(person=owner, channel=channel, address=address, rank=rank, by=None, at=NOW)
    if confirmed:
        people.confirm_contact_and_clear_failure(contact=point, by=None, at=NOW)
    return point


def member(partnership: Partnership, name: str, language: str = "fr") -> Person:
    """An active member without contact."""
    someone = person(name, language)
    Membership.objects.create(partnership=partnership, person=someone, state="active", asked_at=NOW, joined_at=NOW)
    return someone


def hold(someone: Person, role: Role, over: Area) -> Mandate:
    """A mandate from the day before ``NOW`` on."""
    screening = {"screened_on": date(2026, 1, 5), "screened_fit": True} if role in {"coordinator", "deputy"} else {}
    before = NOW - timedelta(days=1)
    return mandates.appoint(person=someone, role=role, area=over, decision="test", by=None, at=before, **screening)


@dataclass
class Quarter:
    """A partnership with the people who make it work, and a plan in force."""

    partnership: Partnership
    area: Area
    coordinator: Person
    deputy: Person
    plan: CommunicationPlan


@dataclass
class Cast:
    """Everybody. ``here`` and ``next_door`` are in one zone, ``abroad`` in another."""

    zone: Area = field(init=False)
    officer: Person = field(init=False)
    second_officer: Person = field(init=False)
    chief: Person = field(init=False)
    foreign_officer: Person = field(init=False)
    here: Quarter = field(init=False)
    next_door: Quarter = field(init=False)
    abroad: Quarter = field(init=False)

    def __post_init__(self) -> None:
        """Set the stage, or bring it back: a sixth of a second, before some two thousand tests."""
        brought_back(self, self._set_the_stage)

    def _set_the_stage(self) -> None:
        area("country", "be/", "Belgique")
        self.zone = area("zone", "be/z1/", "Zone Un")
        other_zone = area("zone", "be/z10/", "Zone Dix")
        area("municipality", "be/z1/m21004/", "Bruxelles")
        area("municipality", "be/z10/m63049/", "Malmedy")
        self.officer, self.second_officer = person("Anne Exemple"), person("Bart Voorbeeld", "nl")
        self.chief, self.foreign_officer = person("Carl Muster", "de"), person("Dirk Elders", "nl")
        hold(self.officer, Role.OFFICER, self.zone)
        hold(self.second_officer, Role.OFFICER, self.zone)
        hold(self.chief, Role.CHIEF, self.zone)
        hold(self.foreign_officer, Role.OFFICER, other_zone)
        self.here = self.quarter("haren", "be/z1/m21004/q-haren/", self.officer)
        self.next_door = self.quarter("laeken", "be/z1/m21004/q-laeken/", self.officer)
        self.abroad = self.quarter("malmedy", "be/z10/m63049/q-malmedy/", self.foreign_officer)

    def quarter(self, key: str, path: str, officer: Person) -> Quarter:
        """An active partnership with coordinator, deputy and the default plan, agreed by both sides."""
        over = area("quarter", path, key.capitalize())
        partnership = partnerships.found_partnership(
            area=over, key=key, kind="plp", languages=["fr", "nl"], purpose=PURPOSE, by=None, at=NOW
        )
        partnerships.change_partnership_state(partnership=partnership, to=State.CREATION, by=None, at=NOW)
        partnerships.change_partnership_state(partnership=partnership, to=State.ACTIVE, by=None, at=NOW)
        coordinator, deputy = person(f"Clara {key.capitalize()}"), person(f"Denis {key.capitalize()}")
        hold(coordinator, Role.COORDINATOR, over)
        hold(deputy, Role.DEPUTY, over)
        plan = charter.draft_next_plan_version(
            partnership=partnership, rules=default_plan_rules(), by=coordinator, at=NOW
        )
        charter.agree_plan_and_enforce_when_both(plan=plan, by=coordinator, at=NOW)
        charter.agree_plan_and_enforce_when_both(plan=plan, by=officer, at=NOW)
        return Quarter(partnership, over, coordinator, deputy, plan)
