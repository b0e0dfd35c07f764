"""The table of access is whole, allows no more than the rights say, and its page is made from it."""

from plp.mandates.grants import COVERING, GRANTS, Permission, Role
from plp.ops.environment import repository_root
from plp.ops.routes import all_routes
from proof.probes import access_table

STAFF = {
    "committee": GRANTS[Role.COMMITTEE],
    "coordinator": GRANTS[Role.COORDINATOR],
    "deputy in an absence": GRANTS[Role.DEPUTY] | COVERING,
    "deputy": GRANTS[Role.DEPUTY],
    "suspended coordinator": frozenset[Permission](),
    "officer": GRANTS[Role.OFFICER],
    "officer elsewhere": GRANTS[Role.OFFICER],
    "supervisor": GRANTS[Role.SUPERVISOR],
    "chief": GRANTS[Role.CHIEF],
    "municipality": GRANTS[Role.MUNICIPALITY],
    "federal": GRANTS[Role.FEDERAL],
    "administrator": GRANTS[Role.ADMINISTRATOR],
}
AROUND = frozenset({"own", "near"})
REACH = {  # whose things a role over a zone or a municipality may see; others see those of their own quarter
    "officer": AROUND,
    "supervisor": AROUND,
    "chief": AROUND,
    "municipality": AROUND,
    "officer elsewhere": frozenset({"far"}),
    "administrator": AROUND | {"far"},
}
OPEN = {"public", "own_data"}
LET_IN = set("AR")


def test_every_route_stands_in_the_table() -> None:
    routes = {one.route for one in all_routes() if not one.route.startswith("/demo/")}

    assert set(access_table.read_access_rows()) == routes


def test_nobody_is_let_in_whose_role_does_not_say_so() -> None:
    permissions = {one.route: one.permission for one in all_routes()}
    names = access_table.identity_names_of_table()
    wrong = [
        (route, method, owner, name)
        for route, row in access_table.read_access_rows().items()
        if permissions.get(route) not in OPEN
        for method, cells in row.cells.items()
        for owner, letters in cells.items()
        for name, letter in zip(names, letters, strict=True)
        if letter in LET_IN and not _may(name, str(permissions.get(route)), owner if len(cells) > 1 else None)
    ]

    assert wrong == []


def _may(name: str, permission: str, owner: str | None) -> bool:
    """By role, and for a thing that has an owner by where it is."""
    if permission not in {one.value for one in STAFF.get(name, ())}:
        return False
    return owner is None or owner in REACH.get(name, {"own"})


def test_the_page_is_made_from_the_table() -> None:
    assert (repository_root() / "docs" / "access.md").read_text(
        encoding="utf-8"
    ) == access_table.access_page_as_markdown()
