"""The chain: what is altered, cut or missing is found and named."""

import pytest

from plp.journal.actions import note
from plp.journal.models import Chain, Entry
from plp.journal.queries import Flaw, chain_key, fields_of, verify
from plp.journal.rules import Walk, link
from tests.factories.cast import NOW

pytestmark = pytest.mark.django_db
HERE = "be/z1/m21004/q-haren/"


def three() -> list[Entry]:
    """Three entries of one quarter's chain."""
    return [note(verb="test.done", by=None, at=NOW, area=HERE, target="x:1", n=n) for n in range(3)]


def test_an_honest_chain_holds() -> None:
    three()
    note(verb="test.done", by=None, at=NOW)

    verdict = verify()

    assert (verdict.entries, verdict.chains, verdict.flaws) == (4, 2, ())


def test_quarters_have_chains_of_their_own() -> None:
    entries = three()
    other = note(verb="test.done", by=None, at=NOW, area="be/z1/")

    assert [entry.number for entry in entries] == [1, 2, 3]
    assert (other.chain, other.number) == ("platform", 1)


def test_a_cut_tail_is_found() -> None:
    three()
    Chain.objects.filter(key=HERE).update(length=4)

    assert verify().flaws == (Flaw(HERE, 4, "cut"),)


def test_a_forged_entry_is_found() -> None:
    last = three()[-1]
    forged = Entry(chain=HERE, number=4, at=NOW, verb="test.forged", previous=last.hash)
    forged.hash = link(fields_of(forged), last.hash, key=b"not the key")
    forged.save(force_insert=True)

    assert verify().flaws == (Flaw(HERE, 4, "altered"),)


@pytest.mark.parametrize(("number", "mark", "told"), [(1, "", ""), (2, "", "missing"), (1, "elsewhere", "rewritten")])
def test_an_entry_follows_is_missed_or_is_another_than_was_noted(number: int, mark: str, told: str) -> None:
    fields = {"number": number, "verb": "test.done"}
    walk = Walk(keys=[b"key"], marks={1: mark} if mark else {})

    assert walk.step(fields, "", link(fields, "", key=b"key")) == told
    assert walk.number == (0 if told else 1)


def test_the_key_is_not_in_the_database() -> None:
    entry = three()[0]

    assert entry.hash == link(fields_of(entry), "", key=chain_key())
    assert entry.hash != link(fields_of(entry), "", key=b"")
