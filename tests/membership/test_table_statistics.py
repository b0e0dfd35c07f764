"""PostgreSQL knows of a bulk in the transaction that wrote it; SQLite is not asked."""

from typing import Any

import pytest
from django.db import connection

from plp.membership.table_statistics import analyze_tables
from plp.people.models import Person
from tests.factories.outbox import people

pytestmark = pytest.mark.django_db


def test_a_bulk_is_counted_before_its_transaction_ends(django_assert_num_queries: Any) -> None:
    people(40)

    with django_assert_num_queries(int(connection.vendor == "postgresql")):
        analyze_tables(Person)

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Person._meta.db_table])
            assert cursor.fetchone() == (40,)
    assert Person.objects.count() == 40
