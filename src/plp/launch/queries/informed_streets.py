"""Which streets were informed, by what and when; the doors of each street for the round (R16)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from plp.launch.models import Informing
from plp.partnership.models import Partnership
from plp.places.models import Address, Street
from plp.places.queries import addresses_of, streets_of


@dataclass(frozen=True)
class StreetInformed:
    """A street of the area, its doors, and how it was informed: nothing at all when ``ticks`` is empty."""

    street: Street
    doors: int
    ticks: tuple[Informing, ...]


@dataclass(frozen=True)
class InformationRound:
    """All streets, what the press wrote, and the sums. The percentage is of doors, not of streets."""

    streets: list[StreetInformed]
    press: list[Informing]

    @property
    def doors(self) -> int:
        """All doors of the area."""
        return sum(street.doors for street in self.streets)

    @property
    def count_doors_informed(self) -> int:
        """The doors of streets that were informed."""
        return sum(street.doors for street in self.streets if street.ticks)

    @property
    def streets_informed(self) -> int:
        """How many streets were informed."""
        return sum(bool(street.ticks) for street in self.streets)

    @property
    def percent_of_doors_informed(self) -> int:
        """Of a hundred doors, how many lie in an informed street; rounded down, so that 100 means all."""
        return 100 * self.count_doors_informed // self.doors if self.doors else 0


def progress_of_information_round(partnership: Partnership) -> InformationRound:
    """How far the informing of the area has come, street by street. Three queries."""
    ticks: dict[int | None, list[Informing]] = defaultdict(list)
    for tick in Informing.objects.filter(partnership=partnership).order_by("informed_on", "at"):
        ticks[tick.street_id].append(tick)
    counted = addresses_of(partnership.area).order_by().values_list("street").annotate(doors=Count("pk"))
    doors = dict(counted)
    streets = [
        StreetInformed(street, doors.get(street.pk, 0), tuple(ticks[street.pk]))
        for street in streets_of(partnership.area)
    ]
    return InformationRound(streets, ticks[None])


def covered_addresses_in_streets(partnership: Partnership, streets: Iterable[Street]) -> list[Address]:
    """The doors of the area in these streets, with their street: for sheets and letters."""
    return list(addresses_of(partnership.area).filter(street__in=list(streets)).select_related("street"))
