"""Neighbours who come: which street's link brought them, and how far each street is. Numbers alone, no name.

Of whoever joined by the link of a street only a number is kept, one higher: no row ties them to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from plp.delivery import pages
from plp.membership.models import Membership, StreetRecruits
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.partnership.queries import public_partnerships
from plp.people.small_counts import mask_count
from plp.places.models import Area, Coverage, CoveredAddress, Street
from plp.places.queries import addresses_of, streets_of
from plp.places.queries.territory import zone_path
from plp.toolbox.ids import READABLE

FEWEST_SIGNS = 3  # of a code
MOST_STREETS = 2**53  # no street has a higher number
BANDS = (50, 20, 10, 5)  # how many members of a street everybody may know of: at least so many
LEAST_SHARE = 2  # doors a member of a band: where nearly every home belongs, a number would name homes


@dataclass(frozen=True)
class StreetProgress:
    """One street: its doors, its members, how many asked to join by its link. For whoever may count members."""

    street: Street
    doors: int
    members: int
    recruited: int

    @property
    def masked_member_count(self) -> str:
        """How many belong; fewer than five are not told apart."""
        return mask_count(self.members)

    @property
    def masked_recruit_count(self) -> str:
        """How many its link brought; fewer than five are not told apart."""
        return mask_count(self.recruited)

    @property
    def public_minimum_of_members(self) -> int:
        """What everybody may know: at least so many members; 0 where they are few, or nearly all."""
        return next((band for band in BANDS if self.members >= band and self.doors >= LEAST_SHARE * band), 0)


def street_code(street: Street) -> str:
    """The code of a street on its papers: short, to be read aloud; it says which street and nothing else."""
    remainder, signs = street.pk, ""
    while remainder:
        remainder, place = divmod(remainder, len(READABLE))
        signs = READABLE[place] + signs
    return signs.rjust(FEWEST_SIGNS, READABLE[0])


def street_of_code(streets: Iterable[Street], code: str) -> Street | None:
    """The street among ``streets`` with this code, however it is typed; ``None`` if none has it."""
    typed = code.strip().lower()
    return next((street for street in streets if street_code(street) == typed), None)


def partnership_of_street_code(code: str, area: Area) -> Partnership | None:
    """The partnership, in the police zone of ``area``, that a street of this code belongs to now; else ``None``.

    For papers of a street that went to another partnership since.
    """
    number = 0
    for sign in code.strip().lower():
        if sign not in READABLE or number > MOST_STREETS:
            return None
        number = number * len(READABLE) + READABLE.index(sign)
    zone = zone_path(area.path)
    covering = Coverage.objects.filter(street=number, excluded=False).values("area")
    doors = CoveredAddress.objects.filter(address__street=number).values("area")
    either = Q(area__in=covering) | Q(area__in=doors)
    return public_partnerships().filter(either, area__path__startswith=zone).first()


def street_link(partnership: Partnership, street: Street) -> str:
    """The whole address that a paper of this street bears."""
    return pages.JOIN_STREET.link(partnership.key, street_code(street))


def increment_street_recruits(partnership: Partnership, street: Street) -> None:
    """One more asked to join by the link of ``street``."""
    counted = StreetRecruits.objects.filter(partnership=partnership, street=street)
    if not counted.update(joined=F("joined") + 1):
        StreetRecruits.objects.create(partnership=partnership, street=street, joined=1)


def street_progress(partnership: Partnership) -> list[StreetProgress]:
    """Every street of the quarter, by name: four queries."""
    area = partnership.area
    doors = _row_counts_by_field(addresses_of(area), "street")
    active = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE)
    members = _row_counts_by_field(active, "person__household__street")
    recruited = dict(StreetRecruits.objects.filter(partnership=partnership).values_list("street", "joined"))
    return [
        StreetProgress(street, doors.get(street.pk, 0), members.get(street.pk, 0), recruited.get(street.pk, 0))
        for street in streets_of(area)
    ]


def _row_counts_by_field(rows: QuerySet[Any], by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(number=Count("pk")))
