"""Pure decisions about mandates: which role may be given over which kind of area, and by whom."""

from plp.mandates.grants import Permission, Role

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
