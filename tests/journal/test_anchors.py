"""Heads noted elsewhere: what the database alone cannot show."""

import json

import pytest
from django.db import connection

from plp.journal import anchors
from plp.journal.actions import note
from plp.journal.models import Chain, Entry
from plp.journal.queries import Flaw, verify_journal
from tests.factories.cast import NOW

pytestmark = pytest.mark.django_db
HERE = "be/z1/m21004/q-haren/"


def notes(number: int) -> None:
    for n in range(number):
        note(verb="test.done", by=None, at=NOW, area=HERE, target="x:1", n=n)


def test_what_follows_what_was_noted_holds() -> None:
    notes(2)
    kept = anchors.parse_anchors("Bonjour,\n\n> " + anchors.anchor_lines(NOW))
    notes(1)

    assert kept == {HERE: {2: Entry.objects.get(number=2).hash}}
    assert verify_journal(kept).flaws == ()


def test_a_hash_that_paper_breaks_is_read_whole() -> None:
    notes(2)
    printed = anchors.anchor_lines(NOW).strip()
    broken = f" • {printed[:-46]}\u200b\n   {printed[-46:-20]}\u200b{printed[-20:]}\nhttp://127.0.0.1/ 2 abc\n"

    assert (
        anchors.parse_anchors(broken) == anchors.parse_anchors(printed) == {HERE: {2: Entry.objects.get(number=2).hash}}
    )


def test_a_head_that_was_set_back_is_found_by_what_was_noted_alone() -> None:
    notes(3)
    kept = anchors.parse_anchors(anchors.anchor_lines(NOW))
    second = Entry.objects.get(number=2)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER " + ("journal_entry_no_delete" if connection.vendor == "sqlite" else
                       "journal_entry_no_change ON journal_entry"))  # fmt: skip
    Entry.objects.filter(number=3).delete()
    Chain.objects.update(length=2, head=second.hash)

    assert verify_journal().flaws == ()
    assert verify_journal(kept).flaws == (Flaw(HERE, 3, "cut"),)


def test_an_export_proves_the_same_without_the_database() -> None:
    notes(3)
    lines = list(anchors.journal_export_lines())
    changed = [line.replace('"test.done"', '"test.dome"') if '"number": 2,' in line else line for line in lines]
    cut = [*lines[:2], json.dumps({"heads": {}})]

    assert anchors.verify_journal_export(lines, anchors={}).flaws == ()
    assert anchors.verify_journal_export(changed, anchors={}).flaws == (Flaw(HERE, 2, "altered"),)
    assert anchors.verify_journal_export(cut, anchors=anchors.parse_anchors(anchors.anchor_lines(NOW))).flaws == (
        Flaw(HERE, 3, "cut"),
    )
    assert anchors.verify_journal_export(lines, anchors={}, keys=[b"another"]).flaws == (Flaw(HERE, 1, "altered"),)
