"""Pure decisions about mandates: which role may be given over which kind of area, by whom, and for how long."""

from datetime import date, datetime, time, timedelta

from plp.mandates.grants import Permission, Role
from plp.toolbox.clock import BRUSSELS

# Over what kind of area a role is held (R32, docs/design.md#area-kinds).
AREAS: dict[Role, tuple[str, ...]] = {
    Role.COORDINATOR: ("quarter",),
    Role.DEPUTY: ("quarter",),
    Role.COMMITTEE: ("quarter",),
    Role.OFFICER: ("zone", "municipality", "quarter"),
    Role.DEPUTY_OFFICER: ("zone", "municipality", "quarter"),
    Role.SUPERVISOR: ("zone",),
    Role.CHIEF: ("zone",),
    Role.MUNICIPALITY: ("municipality", "quarter"),  # a quarter: that crosses a border, where each mayor holds it
    Role.FEDERAL: ("country",),
    Role.ADMINISTRATOR: ("country", "zone"),
}

# What one needs to hold over the area in order to give a role; ``None``: only the machine's operator gives it.
APPOINTED_WITH: dict[Role, Permission | None] = {
    Role.COORDINATOR: Permission.MANDATE_APPOINT_COORDINATOR,
    Role.DEPUTY: Permission.MANDATE_APPOINT_COORDINATOR,
    Role.COMMITTEE: Permission.MANDATE_APPOINT_COORDINATOR,
    Role.OFFICER: Permission.MANDATE_APPOINT_POLICE,
    Role.DEPUTY_OFFICER: Permission.MANDATE_APPOINT_POLICE,
    Role.SUPERVISOR: Permission.MANDATE_APPOINT_POLICE,
    Role.CHIEF: None,
    Role.MUNICIPALITY: None,
    Role.FEDERAL: None,
    Role.ADMINISTRATOR: None,
}

NEEDS_SCREENING: frozenset[Role] = frozenset({Role.COORDINATOR, Role.DEPUTY})

# Who confirms and ends a role: whoever gives it; what the machine's operator gives, an administrator of the area, too.
KEPT_WITH: dict[Role, Permission] = {role: needed or Permission.PLATFORM_RUN for role, needed in APPOINTED_WITH.items()}
OFFICES: tuple[Role, ...] = tuple(role for role, needed in APPOINTED_WITH.items() if needed is None)

CONFIRMED_FOR = timedelta(days=366)  # a mandate without a last day is over unless somebody confirms it in time
LONGEST = timedelta(days=7 * 366)  # the furthest last day: the term of a council, and a year
FIRST_ELECTION, COUNCIL_YEARS = 2024, 6  # municipal elections: each October of 2024, 2030, 2036, ...


def last_day_of_council(day: date) -> date:
    """The last day of the municipal council that sits on ``day``: the January after the next elections.

    The new councils sit from December or January on, by region; the month is room for the hand-over.
    """
    year = FIRST_ELECTION
    while date(year + 1, 1, 31) < day:
        year += COUNCIL_YEARS
    return date(year + 1, 1, 31)


def midnight_after(last_day: date) -> datetime:
    """The moment at which ``last_day`` is over on the Belgian clock."""
    return datetime.combine(last_day + timedelta(days=1), time(0), tzinfo=BRUSSELS)
