"""The list of members: filtered, in the order of a walk, a page at a time, and no door opened beyond it (R80)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from plp.delivery.installed import channels
from plp.firms.models import Firm
from plp.firms.rules import opening_sentence
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.gates import OVER
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_by_keys
from plp.people.models import ContactPoint, Household, Person
from plp.places.models import name_in_language
from plp.places.rules import house_sort_key, parse_house_number
from plp.places.rules.target_areas import RESIDENTS
from plp.portal.shell.search import matches_search
from plp.toolbox.crypto import sealed_field
from plp.toolbox.texts import OFFICIAL_LANGUAGES
from plp.toolbox.words import alphabetical_key

COLUMNS = (
    "pk", "partnership", "joined_at", "person", "person__name", "person__language", "person__household",
    "person__household__house", "left_at", "firm", "firm__name", "firm__hours",
    *(f"person__household__street__name_{language}" for language in OFFICIAL_LANGUAGES),
)  # fmt: skip
STREETS = slice(12, None)  # of a row of these
NAME, HOUSE, FIRM_NAME = sealed_field(Person, "name"), sealed_field(Household, "house"), sealed_field(Firm, "name")
BY_NAME, NEWEST = "name", "newest"
FAILING, UNCONFIRMED = "failing", "unconfirmed"
ODD, EVEN = "odd", "even"

Columns = tuple[Any, ...]


@dataclass(frozen=True)
class MemberFilter:
    """What a list is asked to show; empty: everybody, by door. ``side`` counts only together with a ``street``."""

    street: int | None = None
    side: str = ""
    channel: str = ""
    trouble: str = ""
    order: str = ""
    members: str = ""  # of firms alone, or residents alone
    words: str = ""


@dataclass(frozen=True)
class MemberListLine:
    """One member in the list: what it shows, and no more."""

    key: UUID  # of the membership
    person: UUID
    partnership: Partnership
    name: str
    language: str
    street: str
    house: str
    quarter: str
    joined_at: datetime
    left_at: datetime | None = None
    firm: str = ""  # of a trader, and when it is open
    opening: str = ""

    @property
    def url(self) -> str:
        """The member's own page."""
        return reverse("membership:desk:member", args=[self.key])

    @property
    def door(self) -> str:
        """Street and number; empty for somebody who lives elsewhere."""
        return f"{self.street} {self.house}".strip()


def active_members(person: Person, *, at: datetime) -> QuerySet[Membership]:
    """Who belongs to the partnerships whose members ``person`` may see by name."""
    areas = permitted_areas(person, Permission.MEMBERS_MANAGE, at=at)
    return Membership.objects.filter(partnership__area__in=areas, state=Belonging.ACTIVE)


def members_or_unerased_after_end(person: Person, *, at: datetime) -> QuerySet[Membership]:
    """Them, and after an end whoever left with it and is not erased yet: to be found when they ask to be (R84)."""
    areas = permitted_areas(person, Permission.MEMBERS_MANAGE, at=at)
    left_with_its_end = Q(state=Belonging.LEFT, partnership__state__in=OVER)
    return Membership.objects.filter(Q(state=Belonging.ACTIVE) | left_with_its_end, partnership__area__in=areas)


def members_and_those_who_left(person: Person, *, at: datetime) -> QuerySet[Membership]:
    """Them and whoever left and is not erased yet: a search finds them, so that they can be erased at their word."""
    areas = permitted_areas(person, Permission.MEMBERS_MANAGE, at=at)
    return Membership.objects.filter(partnership__area__in=areas, state__in=[Belonging.ACTIVE, Belonging.LEFT])


def prefilter_members(members: QuerySet[Membership], member_filter: MemberFilter) -> QuerySet[Membership]:
    """Those that a database can tell apart; side and words need door and name (``match_and_order_members``)."""
    if member_filter.street:
        members = members.filter(person__household__street=member_filter.street)
    if member_filter.channel:
        members = members.filter(Exists(_usable_contacts().filter(channel=member_filter.channel)))
    if member_filter.members:
        members = members.filter(firm__isnull=member_filter.members == RESIDENTS)
    if member_filter.trouble == FAILING:
        members = members.filter(_has_failing_contact())
    if member_filter.trouble == UNCONFIRMED:
        members = members.filter(_has_no_confirmed_contact())
    return members


def count_contact_troubles(members: QuerySet[Membership]) -> dict[str, int]:
    """How many have no confirmed contact, and from how many messages come back: one query."""
    wrong = {UNCONFIRMED: _has_no_confirmed_contact(), FAILING: _has_failing_contact()}
    return members.aggregate(**{trouble: Count("pk", filter=condition) for trouble, condition in wrong.items()})


def _usable_contacts() -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(person=OuterRef("person"), stopped_at=None)


def _has_failing_contact() -> Q:
    return Q(Exists(ContactPoint.objects.failing().filter(person=OuterRef("person"))))


def _has_no_confirmed_contact() -> Q:
    return Q(~Exists(_usable_contacts().exclude(confirmed_at=None)))


class MembersByDoor(Sequence[Columns]):
    """Members street by street, by house number as people count. A slice opens the doors of its own streets alone."""

    def __init__(self, members: QuerySet[Membership]) -> None:
        self._members = members
        grouped = members.values_list(
            "partnership__key", "person__household__street__folded", "person__household__street", "partnership"
        )
        self._streets = sorted(
            grouped.annotate(number=Count("pk")), key=lambda row: (row[0], row[1] is None, row[1] or "", str(row[2]))
        )

    def __len__(self) -> int:
        return sum(number for *_street, number in self._streets)

    def __getitem__(self, window: Any) -> Any:
        start, stop, _step = window.indices(len(self))
        first, skipped, opened = 0, None, []
        for _key, _folded, street, partnership, number in self._streets:
            if first < stop and first + number > start:
                skipped = first if skipped is None else skipped
                inside = self._members.filter(partnership=partnership, person__household__street=street)
                opened += sorted(inside.values_list(*COLUMNS), key=_door_sort_key)
            first += number
        return opened[start - skipped : stop - skipped] if skipped is not None else []


def match_and_order_members(members: QuerySet[Membership], member_filter: MemberFilter) -> Sequence[Columns]:
    """The members of ``prefilter_members``, in the order asked for, as columns that ``member_lines`` opens."""
    if member_filter.order == NEWEST and not (member_filter.words or member_filter.side):
        return list(members.order_by("-joined_at", "pk").values_list(*COLUMNS))
    if not (member_filter.words or member_filter.side or member_filter.order == BY_NAME):
        return MembersByDoor(members)
    rows = [row for row in members.values_list(*COLUMNS) if _matches_filter(row, member_filter)]
    if member_filter.order == BY_NAME:
        return sorted(rows, key=lambda row: alphabetical_key(_unsealed_name(row)))
    if member_filter.order == NEWEST:
        return sorted(rows, key=lambda row: row[2], reverse=True)
    return sorted(rows, key=lambda row: (str(row[1]), [name or "" for name in row[STREETS]], _door_sort_key(row)))


def _matches_filter(row: Columns, member_filter: MemberFilter) -> bool:
    house = _unsealed_house_number(row)
    if member_filter.side:
        number = parse_house_number(house)
        if number is None or number.is_odd is not (member_filter.side == ODD):
            return False
    streets = " ".join(name for name in row[STREETS] if name)
    known = f"{_unsealed_name(row)} {_unsealed_firm_name(row)} {streets} {house}"
    return not member_filter.words or matches_search(member_filter.words, known)


def _unsealed_name(row: Columns) -> str:
    return str(NAME.unseal_value(row[4], row[3]))


def _unsealed_firm_name(row: Columns) -> str:
    return str(FIRM_NAME.unseal_value(row[10], row[9])) if row[9] else ""


def _unsealed_house_number(row: Columns) -> str:
    return str(HOUSE.unseal_value(row[7] or b"", row[6])) if row[6] else ""


def _door_sort_key(row: Columns) -> tuple[str, datetime, str]:
    return house_sort_key(_unsealed_house_number(row)), row[2], str(row[0])


def member_lines(rows: Iterable[Columns], language: str) -> list[MemberListLine]:
    """Members opened for whoever may read them; their quarters are read by one query."""
    rows = list(rows)
    quarters = {one.pk: (one, one.name(language)) for one in partnerships_by_keys(sorted({row[1] for row in rows}))}
    opened = []
    for row in rows:
        partnership, quarter = quarters[row[1]]
        street = name_in_language(language, *row[STREETS])
        opened.append(
            MemberListLine(
                row[0],
                row[3],
                partnership,
                _unsealed_name(row),
                row[5],
                street,
                _unsealed_house_number(row),
                quarter,
                joined_at=row[2],
                left_at=row[8],
                firm=_unsealed_firm_name(row),
                opening=opening_sentence(row[11]) if row[9] else "",
            )
        )
    return opened


@dataclass(frozen=True)
class ContactWay:
    """One way in which a member is reached, and whether it works: ``failing``, ``unconfirmed`` or nothing."""

    label: Any
    trouble: str


def contact_ways_by_person(people: Iterable[UUID]) -> dict[UUID, list[ContactWay]]:
    """How each of ``people`` is reached, in their own order: one query. No address is opened."""
    known = channels()
    points = ContactPoint.objects.filter(person__in=list(people), stopped_at=None, channel__in=list(known))
    columns = points.order_by("rank", "created_at").values_list("person", "channel", "confirmed_at", "failure")
    ways: dict[UUID, list[ContactWay]] = {}
    for person, channel, confirmed_at, failure in columns:
        trouble = FAILING if failure else "" if confirmed_at else UNCONFIRMED
        ways.setdefault(person, []).append(ContactWay(known[channel].label, trouble))
    return ways
