"""The figures of the real files: three quarters of three regions."""

from datetime import UTC, datetime

import pytest

from plp.places import actions, gazetteer
from plp.places.models import Address, Street

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("quarter", "addresses", "streets"), [("haren", 2492, 54), ("lembeek", 3446, 72), ("malmedy", 5941, 305)]
)
def test_a_shipped_quarter_holds_its_addresses_and_a_second_import_changes_nothing(
    quarter: str, addresses: int, streets: int
) -> None:
    source = gazetteer.demo_address_file(quarter)

    first = actions.import_address_register(source=source, nis=gazetteer.DEMO_QUARTERS[quarter], by=None, at=AT)
    second = actions.import_address_register(source=source, nis=gazetteer.DEMO_QUARTERS[quarter], by=None, at=AT)

    assert (first.rows, first.streets, first.addresses, first.created) == (addresses, streets, addresses, addresses)
    assert (second.created, second.updated, second.unchanged) == (0, 0, addresses)
    assert (first.errors, second.errors) == ([], [])
    assert (Address.objects.count(), Street.objects.count()) == (addresses, streets)
