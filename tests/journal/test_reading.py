"""What is asked of the journal, and each way in which a chain may not hold, named with its number."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from plp.journal import anchors, queries
from plp.journal.actions import note
from plp.journal.models import Chain, Entry
from plp.journal.queries import Flaw, chain_heads, chain_key, hashed_fields_of, verify_journal
from plp.journal.rules import entry_hash
from plp.ops.triggers import triggers_lifted_for_transaction
from tests.factories.cast import NOW, person

pytestmark = pytest.mark.django_db
HERE, THERE = "be/z1/m21004/q-haren/", "be/z1/m21004/q-laeken/"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def entries() -> None:
    """Three here, two next door, one of the platform."""
    for number in range(3):
        note(verb=f"test.{number}", by=None, at=NOW, area=HERE, target=f"x:{number}")
    for number in range(2):
        note(verb="test.there", by=None, at=LATER, area=THERE, target="x:1", n=number)
    note(verb="test.0", by=None, at=LATER, target="x:9")


@contextmanager
def changing() -> Iterator[None]:
    """By the owner of the database."""
    with transaction.atomic(), triggers_lifted_for_transaction([Entry._meta.db_table]):
        yield


def of(chain: str, number: int) -> Entry:
    return Entry.objects.get(chain=chain, number=number)


def test_what_was_done_since() -> None:
    assert queries.noted_verbs_since(["test.0", "test.1", "test.9"], NOW) == {"test.0", "test.1"}
    assert queries.noted_verbs_since(["test.0", "test.1"], LATER) == {"test.0"}
    assert queries.noted_verbs_since(["test.there"], LATER + timedelta(seconds=1)) == set()


@pytest.mark.parametrize(
    ("verb", "target", "since", "is_noted"),
    [
        ("test.0", "x:0", NOW, True),
        ("test.0", "x:0", LATER, False),
        ("test.0", "x:1", NOW, False),
        ("test.1", "x:0", NOW, False),
        ("test.there", "x:1", LATER, True),
    ],
)
def test_whether_something_was_done_to_it(verb: str, target: str, since: object, *, is_noted: bool) -> None:
    assert queries.is_noted(verb, target=target, since=since) == is_noted


def test_what_the_platform_did_it_to() -> None:
    assert queries.noted_platform_targets("test.0", since=NOW) == {"x:9"}
    assert queries.noted_platform_targets("test.0", since=LATER + timedelta(seconds=1)) == set()
    assert queries.noted_platform_targets("test.1", since=NOW) == set()


def test_what_was_done_to_a_row_the_oldest_first() -> None:
    someone = person("Eva Exemple")
    note(verb="test.second", by=None, at=LATER, area=HERE, target=someone)
    note(verb="test.first", by=None, at=NOW, area=HERE, target=someone)
    note(verb="test.third", by=None, at=LATER, area=HERE, target=someone)

    told = [entry.verb for entry in queries.entries_about(someone).filter(verb__startswith="test.")]

    assert told == ["test.first", "test.second", "test.third"]


def test_where_the_chains_end_is_a_line_each() -> None:
    Chain.objects.create(key="be/z1/m21004/q-evere/")
    ends = {chain: Entry.objects.filter(chain=chain).order_by("number").last() for chain in (HERE, THERE, "platform")}

    lines = [f"{NOW.isoformat(timespec='seconds')} {chain} {one.number} {one.hash}\n" for chain, one in ends.items()]
    assert anchors.anchor_lines(NOW) == "".join(lines)
    assert anchors.anchor_lines(NOW, within=THERE) == lines[1]
    assert chain_heads(within=HERE) == {HERE: [3, ends[HERE].hash]}


def test_the_verdict_counts_entries_and_chains() -> None:
    verdict = verify_journal()
    whole = anchors.verify_journal_export(anchors.journal_export_lines(), anchors={})

    assert (verdict.entries, verdict.chains, verdict.flaws) == (6, 3, ())
    assert (whole.entries, whole.chains, whole.flaws) == (6, 3, ())


def test_the_first_flaw_of_each_chain_is_named() -> None:
    with changing():
        Entry.objects.filter(chain=HERE, number=2).update(verb="test.forged")
        Entry.objects.filter(chain=THERE, number=1).delete()

    flaws = (Flaw(HERE, 2, "altered"), Flaw(THERE, 1, "missing"))
    assert verify_journal().flaws == flaws
    assert anchors.verify_journal_export(anchors.journal_export_lines(), anchors={}).flaws == flaws


def test_an_entry_in_the_middle_is_missed_by_its_number() -> None:
    with changing():
        Entry.objects.filter(chain=HERE, number=2).delete()

    assert verify_journal().flaws == (Flaw(HERE, 2, "missing"),)
    assert anchors.verify_journal_export(anchors.journal_export_lines(), anchors={}).flaws == (
        Flaw(HERE, 2, "missing"),
    )


def test_a_chain_written_anew_with_the_key_is_told_by_what_was_noted() -> None:
    noted = anchors.parse_anchors(anchors.anchor_lines(NOW))
    with changing():
        last = of(HERE, 3)
        last.verb = "test.forged"
        last.hash = entry_hash(hashed_fields_of(last), last.previous, key=chain_key())
        last.save()
        Chain.objects.filter(key=HERE).update(head=last.hash)

    assert verify_journal().flaws == ()
    assert verify_journal(noted).flaws == (Flaw(HERE, 3, "rewritten"),)
    assert anchors.verify_journal_export(anchors.journal_export_lines(), anchors=noted).flaws == (
        Flaw(HERE, 3, "rewritten"),
    )


def test_a_chain_that_is_gone_is_told_by_what_was_noted() -> None:
    noted = anchors.parse_anchors(anchors.anchor_lines(NOW))
    with changing():
        Entry.objects.filter(chain=THERE).delete()
        Chain.objects.filter(key=THERE).delete()

    assert verify_journal().flaws == ()
    assert verify_journal(noted).flaws == (Flaw(THERE, 1, "cut"),)
    assert anchors.verify_journal_export(anchors.journal_export_lines(), anchors=noted).flaws == (
        Flaw(THERE, 1, "cut"),
    )


def test_entries_without_the_head_of_their_chain_are_found() -> None:
    Chain.objects.filter(key__in=[HERE, THERE]).delete()

    assert set(verify_journal().flaws) == {Flaw(HERE, 1, "altered"), Flaw(THERE, 1, "altered")}


def test_entries_behind_the_head_are_found() -> None:
    Chain.objects.filter(key=HERE).update(length=2, head=of(HERE, 2).hash)

    assert verify_journal().flaws == (Flaw(HERE, 3, "altered"),)
    assert anchors.verify_journal_export(anchors.journal_export_lines(), anchors={}).flaws == (Flaw(HERE, 4, "cut"),)


def test_an_export_without_its_heads_is_cut() -> None:
    *lines, _ends = anchors.journal_export_lines()

    told = anchors.verify_journal_export(lines, anchors={})

    assert [flaw.why for flaw in told.flaws] == ["cut"] * 3
    assert json.loads(lines[0])["verb"] == "test.0"
