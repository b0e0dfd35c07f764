"""Who looked is forgotten in time, and the chain still proves that nothing else was touched (R84, T38)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from plp.journal import anchors
from plp.journal.actions import empty_batch_of_old_read_entries, note
from plp.journal.models import Entry
from plp.journal.queries import Flaw, verify_journal
from plp.journal.rules import FORGOTTEN, number_ranges
from plp.ops.triggers import triggers_lifted_for_transaction
from tests.factories.cast import NOW, person

pytestmark = pytest.mark.django_db
HERE = "be/z1/m21004/q-haren/"
LATER = NOW + timedelta(days=1000)
EMPTY = {"verb": "", "actor": "", "area": "", "target": "", "details": {}}


def write() -> None:
    """Looks at the list and acts, old ones and a young one, in a quarter and on the platform."""
    reader = person("Ann Ex")
    for verb in ("members.viewed", "members.viewed", "test.done", "notice.seen"):
        note(verb=verb, by=reader, at=NOW, area=HERE, target="x:1", count=3)
    note(verb="members.viewed", by=reader, at=LATER, area=HERE, target="x:1", count=3)
    note(verb="sighting.read", by=reader, at=NOW, target="x:2")


def forget() -> list[int]:
    moment = NOW + timedelta(days=1)
    return [empty_batch_of_old_read_entries(before=moment, by=None, at=LATER) for _ in range(3)]


def test_who_looked_is_forgotten_and_the_chain_holds() -> None:
    write()
    marks = anchors.parse_anchors(anchors.anchor_lines(NOW))
    lines = list(anchors.journal_export_lines())

    forgotten = forget()

    assert sorted(forgotten) == [0, 1, 3]
    rows = Entry.objects.filter(chain=HERE).order_by("number")
    assert list(rows.values_list("verb", flat=True)) == ["", "", "test.done", "", "members.viewed", FORGOTTEN]
    assert not Entry.objects.filter(verb="").exclude(**EMPTY).exists()
    assert rows.last().details == {"count": 3, "numbers": [[1, 2], [4, 4]]}
    assert verify_journal(marks).flaws == ()
    assert anchors.verify_journal_export(anchors.journal_export_lines(), anchors=marks).flaws == ()
    assert "Ann Ex" not in "".join(lines)  # nor was a name ever in it


def test_the_database_lets_nothing_else_be_emptied_and_nothing_be_changed() -> None:
    write()
    act, look = Entry.objects.get(verb="test.done"), Entry.objects.filter(verb="members.viewed")[0]

    for row, change in (
        (act, EMPTY),
        (look, {**EMPTY, "hash": "0" * 64}),
        (look, {"actor": ""}),
        (look, {"at": LATER}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.filter(pk=row.pk).update(**change)


def test_an_entry_that_nobody_said_to_be_emptied_is_a_flaw() -> None:
    write()
    forget()

    with triggers_lifted_for_transaction([Entry._meta.db_table]):
        Entry.objects.filter(chain=HERE, number=3).update(**EMPTY)

    assert verify_journal().flaws == (Flaw(HERE, 3, "altered"),)
    verdict = anchors.verify_journal_export(anchors.journal_export_lines(), anchors={})
    assert verdict.flaws == (Flaw(HERE, 3, "altered"),)


@pytest.mark.parametrize("name", ["actor", "target", "area"])
def test_an_emptied_entry_says_nothing_any_more(name: str) -> None:
    write()
    forget()

    with triggers_lifted_for_transaction([Entry._meta.db_table]):
        Entry.objects.filter(chain=HERE, number=1).update(**{name: "somebody"})

    assert verify_journal().flaws == (Flaw(HERE, 1, "altered"),)


def test_the_note_of_it_cannot_be_written_without_the_key() -> None:
    write()
    forget()
    last = Entry.objects.get(chain=HERE, verb=FORGOTTEN)

    with triggers_lifted_for_transaction([Entry._meta.db_table]):
        Entry.objects.filter(chain=HERE, number=3).update(**EMPTY)
        Entry.objects.filter(pk=last.pk).update(details={"count": 4, "numbers": [[1, 4]]})

    assert verify_journal().flaws == (Flaw(HERE, 6, "altered"),)


@pytest.mark.parametrize(
    ("numbers", "ranges"), [([], []), ([4], [[4, 4]]), ([1, 2, 3, 7, 9, 10], [[1, 3], [7, 7], [9, 10]])]
)
def test_numbers_as_ranges(numbers: list[int], ranges: list[list[int]]) -> None:
    assert number_ranges(numbers) == ranges
