"""The chain: what is altered, cut or missing is found and named."""

import hashlib
import json

import pytest
from django.db import transaction

from plp.journal.actions import note
from plp.journal.models import Chain, Entry
from plp.journal.queries import Flaw, chain_key, hashed_fields_of, verify_journal
from plp.journal.rules import ChainWalk, entry_hash
from plp.ops.triggers import triggers_lifted_for_transaction
from tests.factories.cast import NOW, person

pytestmark = pytest.mark.django_db
HERE = "be/z1/m21004/q-haren/"


def three() -> list[Entry]:
    """Three entries of one quarter's chain."""
    return [note(verb="test.done", by=None, at=NOW, area=HERE, target="x:1", n=n) for n in range(3)]


def test_an_honest_chain_holds() -> None:
    three()
    note(verb="test.done", by=None, at=NOW)

    verdict = verify_journal()

    assert (verdict.entries, verdict.chains, verdict.flaws) == (4, 2, ())


def test_quarters_have_chains_of_their_own() -> None:
    entries = three()
    other = note(verb="test.done", by=None, at=NOW, area="be/z1/")

    assert [entry.number for entry in entries] == [1, 2, 3]
    assert (other.chain, other.number) == ("platform", 1)


def test_a_cut_tail_is_found() -> None:
    three()
    Chain.objects.filter(key=HERE).update(length=4)

    assert verify_journal().flaws == (Flaw(HERE, 4, "cut"),)


def test_a_forged_entry_is_found() -> None:
    last = three()[-1]
    forged = Entry(chain=HERE, number=4, at=NOW, verb="test.forged", previous=last.hash)
    forged.hash = entry_hash(hashed_fields_of(forged), last.hash, key=b"not the key")
    forged.save(force_insert=True)

    assert verify_journal().flaws == (Flaw(HERE, 4, "altered"),)


@pytest.mark.parametrize(("number", "mark", "told"), [(1, "", ""), (2, "", "missing"), (1, "elsewhere", "rewritten")])
def test_an_entry_follows_is_missed_or_is_another_than_was_noted(number: int, mark: str, told: str) -> None:
    fields = {"number": number, "verb": "test.done"}
    walk = ChainWalk(keys=[b"key"], marks={1: mark} if mark else {})

    assert walk.advance_or_name_flaw(fields, "", entry_hash(fields, "", key=b"key")) == told
    assert walk.number == (0 if told else 1)


def test_the_key_is_not_in_the_database() -> None:
    entry = three()[0]

    assert entry.hash == entry_hash(hashed_fields_of(entry), "", key=chain_key())
    assert entry.hash != entry_hash(hashed_fields_of(entry), "", key=b"")


def test_a_link_is_worked_out_as_an_outsider_would() -> None:
    """By the formula of the documentation, so that nobody needs this application to check an export."""
    fields, before = {"verb": "test.done", "number": 2, "target": "é"}, "ab" * 32
    content = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert (
        entry_hash(fields, before, key=b"k" * 70)
        == hashlib.blake2b((before + content).encode(), key=b"k" * 64, digest_size=32).hexdigest()
    )
    assert entry_hash(fields, before, key=b"key") != entry_hash(fields, "cd" * 32, key=b"key")


def test_an_entry_of_another_branch_is_found_though_its_hash_is_true() -> None:
    """A copy of the installation went another way from the second entry on, with the same key: its entry is put in, and
    the one after it is told to follow it.
    """
    three()
    with transaction.atomic(), triggers_lifted_for_transaction([Entry._meta.db_table]):
        kept = list(Entry.objects.filter(number__gte=2).order_by("number"))
        Entry.objects.filter(number__gte=2).delete()
        Chain.objects.update(length=1, head=Entry.objects.get(number=1).hash)
        grafted = note(verb="test.elsewhere", by=None, at=NOW, area=HERE)
        kept[1].previous = grafted.hash
        kept[1].save(force_insert=True)
        Chain.objects.update(length=3, head=kept[1].hash)

    assert verify_journal().flaws == (Flaw(HERE, 3, "altered"),)


def test_what_is_noted_stands_in_the_entry() -> None:
    someone = person("Eva Exemple")
    begun = Entry.objects.count()

    entry = note(verb="test.done", by=someone, at=NOW, area=HERE, target=someone, n=1)

    kept = Entry.objects.get(pk=entry.pk)
    assert hashed_fields_of(kept) == {
        "id": str(entry.pk),
        "chain": HERE,
        "number": 1,
        "at": "2026-11-25T09:00:00.000000+00:00",
        "actor": str(someone.pk),
        "verb": "test.done",
        "area": HERE,
        "target": f"people.person:{someone.pk}",
        "details": {"n": 1},
    }
    assert (kept.previous, kept.hash, Entry.objects.count()) == ("", entry.hash, begun + 1)
    chain = Chain.objects.get(key=HERE)
    assert (chain.length, chain.head) == (1, entry.hash)
    by_nobody = Entry.objects.get(pk=note(verb="test.done", by=None, at=NOW, target="x:1").pk)
    assert (by_nobody.chain, by_nobody.area, by_nobody.actor, by_nobody.target) == ("platform", "", "", "x:1")
    assert Entry.objects.get(pk=note(verb="test.done", by=None, at=NOW).pk).target == ""
