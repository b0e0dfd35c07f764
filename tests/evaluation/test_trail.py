"""The acts of a quarter, the newest first."""

from datetime import timedelta

import pytest

from plp.evaluation.queries.trail import trail_entries, trail_lines
from plp.journal.models import Entry
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def test_what_was_noted_late_stands_where_it_happened() -> None:
    quarter = Cast().here.partnership
    chain, last = quarter.area.path, Entry.objects.filter(chain=quarter.area.path).count()
    for number, days in ((1, 3), (2, 1), (3, 2), (4, 2)):
        at = NOW + timedelta(days=days)
        Entry.objects.create(chain=chain, number=last + number, at=at, verb="evaluation.begun", hash=str(number))

    newest = trail_lines(list(trail_entries(quarter)[:4]))

    assert [one.number - last for one in newest] == [1, 4, 3, 2]
