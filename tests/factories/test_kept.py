"""What is brought back is what was built, to the letter, and lives on as that would."""

import pytest
from django.db import connection, transaction

from plp.journal.queries import verify_journal
from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.places.models import Area
from tests.factories.cast import NOW, Cast, area, member

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[tuple[object, ...]]]:
    """The rows of all tables that hold some."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.django_table_names():
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = cursor.fetchall()
        return {table: rows for table, rows in found.items() if rows}


def test_it_is_what_was_built_to_the_letter() -> None:
    casts, rows = [], []
    for _time in range(2):
        with transaction.atomic():
            casts.append(Cast())
            rows.append(everything())
            transaction.set_rollback(True)

    first, second = casts
    assert rows[0] == rows[1]
    assert first == second
    assert first.here.plan is not second.here.plan


def test_it_lives_on() -> None:
    cast = Cast()

    member(cast.here.partnership, "Mia Voorbeeld")
    cast.here.area.refresh_from_db()

    assert may(cast.officer, Permission.NOTICE_WRITE, cast.here.area, at=NOW)
    assert not may(cast.foreign_officer, Permission.NOTICE_WRITE, cast.here.area, at=NOW)
    assert verify_journal().flaws == ()


def test_beside_something_else_it_is_built() -> None:
    there = area("country", "be/", "Belgique")

    cast = Cast()

    assert Area.objects.filter(path="be/").get() == there
    assert cast.zone in Area.objects.all()
