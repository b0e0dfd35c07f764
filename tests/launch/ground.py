"""A stage for the groundwork: the cast, two streets of its quarter with their doors, a coordinator next door."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from plp.launch.actions import ideas
from plp.launch.models import Idea
from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places import actions as places
from plp.places.models import Address, Area, Street
from tests.factories.cast import Cast, contact, hold, person
from tests.places.build import doors, street, whole

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@dataclass
class Ground:
    """The quarter ``here`` covers six doors of two streets; ``elsewhere`` is a street that it does not cover."""

    cast: Cast = field(default_factory=Cast)
    oak: Street = field(init=False)
    elm: Street = field(init=False)
    elsewhere: Street = field(init=False)
    homes: list[Address] = field(init=False)

    def __post_init__(self) -> None:
        """Draw the quarter."""
        self.oak = street("Rue du Chêne", name_nl="Eikstraat")
        self.elm = street("Rue de l’Orme", name_nl="Olmstraat")
        self.elsewhere = street("Rue du Hêtre")
        self.homes = [*doors(self.oak, "1", "2", "3", "4 b001"), *doors(self.elm, "10", "12")]
        doors(self.elsewhere, "5", "7")
        places.draw_quarter_and_count_addresses(
            area=self.area, selectors=[whole(self.oak), whole(self.elm)], by=None, at=NOW
        )

    @property
    def partnership(self) -> Partnership:
        """The partnership whose ground is prepared."""
        return self.cast.here.partnership

    @property
    def area(self) -> Area:
        """Its quarter."""
        return self.cast.here.area

    @property
    def officer(self) -> Person:
        """The mandated officer of the zone."""
        return self.cast.officer

    @property
    def coordinator(self) -> Person:
        """The coordinator."""
        return self.cast.here.coordinator

    @property
    def stranger(self) -> Person:
        """The coordinator of the next quarter, who may do nothing here."""
        return self.cast.next_door.coordinator

    @property
    def municipality(self) -> Area:
        """The municipality around the quarter."""
        return Area.objects.get(path="be/z1/m21004/")


def committee_member(ground: Ground) -> Person:
    """Somebody of the steering committee."""
    someone = person("Emma Comité")
    hold(someone, Role.COMMITTEE, ground.area)
    return someone


def telling(municipality: Area, **changes: object) -> ideas.IdeaDetails:
    """What somebody writes in the form."""
    given = {
        "municipality": municipality,
        "street_text": "Rue du Chêne",
        "postcode": "1130",
        "origin": "resident",
        "kind": "plp",
        "words": "Nous voulons mieux nous connaître.",
        "language": "fr",
    }
    return ideas.IdeaDetails(**{**given, **changes})  # type: ignore[arg-type]


def idea(ground: Ground, **changes: object) -> Idea:
    """A filed idea."""
    return ideas.file_idea_and_notify_zone_desk(telling=telling(ground.municipality, **changes), by=None, at=NOW)


def reachable_officer(ground: Ground) -> Person:
    """The officer, with a confirmed e-mail address."""
    contact(ground.officer, "email", "anne@police.example")
    return ground.officer
