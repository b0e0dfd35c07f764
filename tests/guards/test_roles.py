"""The page of the roles says what the table of rights says."""

from plp.mandates.grants import GRANTS, Permission, Role
from plp.ops.roles import permission_meanings, role_reasons, roles_page_as_markdown
from tests.guards.tree import ROOT


def test_the_page_of_the_roles_is_the_table() -> None:
    assert (ROOT / "docs" / "roles.md").read_text(encoding="utf-8") == roles_page_as_markdown()


def test_every_permission_is_explained_beside_it() -> None:
    assert set(permission_meanings()) == set(Permission)


def test_every_role_names_where_its_rights_come_from() -> None:
    assert set(role_reasons()) == set(Role)
    assert set(GRANTS) == set(Role)
