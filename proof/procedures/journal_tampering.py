"""A stage with a journal that its owner changes at will: for that its triggers are lifted; each change is undone."""

import random
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from plp.journal import anchors
from plp.journal.actions import note
from plp.journal.models import Chain, Entry
from plp.journal.queries import chain_key, hashed_fields_of, verify_journal
from plp.journal.rules import entry_hash
from plp.ops.triggers import triggers_lifted_for_transaction
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.factories import outbox

CHAINS = [f"be/z1/m1/q-{number}/" for number in range(4)]
A_TRANSACTION = 20  # acts
FIELDS = ("actor", "verb", "area", "target")


def create_journal_and_count_flaws(entries: int) -> int:
    """A journal of so many entries; answers how many flaws are found in it as it is."""
    outbox.make_database()
    _note_valid_entries(range(entries))
    return len(verify_journal(_current_anchors()).flaws)


def measure_seconds_per_entry(entries: int) -> dict:
    """What one act and the check of one entry cost, in seconds; the entries stay.

    A few acts to a transaction, as in an action, which commits anyway: its end is not counted.
    """
    written = 0.0
    for first in range(0, entries, A_TRANSACTION):
        with transaction.atomic():
            begun = time.perf_counter()
            _note_valid_entries(range(first, min(first + A_TRANSACTION, entries)))
            written += time.perf_counter() - begun
    begun = time.perf_counter()
    found = verify_journal().entries
    return {"act": written / entries, "check": (time.perf_counter() - begun) / found}


def _note_valid_entries(numbers: Iterable[int]) -> None:
    with transaction.atomic():
        for number in numbers:
            chain = CHAINS[number % len(CHAINS)]
            note(verb="proof.done", by=None, at=clock.now(), area=chain, target=f"x:{number}", n=number)


def _current_anchors() -> Any:
    return anchors.parse_anchors(anchors.anchor_lines(clock.now()))


class Undo(Exception):
    """Roll the manipulation back."""


def manipulate_journal_and_count_found(seed: int, number: int) -> dict:
    """So many manipulations; answers per kind: how many, how many found, how many with the first bad entry named."""
    noted, dice = _current_anchors(), random.Random(seed)
    ends: dict[str, list[int]] = {}
    for turn in range(number):
        name, act = KINDS[turn % len(KINDS)]
        tried = ends.setdefault(name, [0, 0, 0])
        with suppress(Undo), triggers_lifted_for_transaction([Entry._meta.db_table]):
            chain, first = act(dice)
            flaws = verify_journal(noted).flaws
            tried[0] += 1
            tried[1] += bool(flaws)
            tried[2] += any(flaw.chain == chain and flaw.number == first for flaw in flaws)
            raise Undo
    return ends


def _random_chain_and_entry_number(dice: random.Random, last: int = 0) -> tuple[str, int, int]:
    """A chain, one of its entries (not among the ``last``), and its length."""
    chain = dice.choice(CHAINS)
    length = Chain.objects.get(key=chain).length
    return chain, dice.randint(1, length - last), length


def _change_random_entry(dice: random.Random) -> tuple[str, int]:
    chain, number, _ = _random_chain_and_entry_number(dice)
    entry = Entry.objects.filter(chain=chain, number=number)
    match dice.randrange(3):
        case 0:
            entry.update(**{dice.choice(FIELDS): f"y{dice.random()}"})
        case 1:
            entry.update(at=F("at") + timedelta(seconds=dice.randint(1, 10**6)))
        case _:
            entry.update(details={"n": -1})
    return chain, number


def _delete_random_entry(dice: random.Random) -> tuple[str, int]:
    chain, number, _ = _random_chain_and_entry_number(dice)
    Entry.objects.filter(chain=chain, number=number).delete()
    return chain, number


def _swap_random_entries(dice: random.Random) -> tuple[str, int]:
    chain, number, length = _random_chain_and_entry_number(dice, last=1)
    other = dice.randint(number + 1, length)
    rows = Entry.objects.filter(chain=chain)
    rows.filter(number=number).update(number=10**9)
    rows.filter(number=other).update(number=number)
    rows.filter(number=10**9).update(number=other)
    return chain, number


def _insert_forged_entry(dice: random.Random) -> tuple[str, int]:
    """Make room in the middle and put an entry there, without the key."""
    chain, number, length = _random_chain_and_entry_number(dice)
    _shift_entry_numbers(chain, number, 1)
    before = Entry.objects.filter(chain=chain, number=number - 1).values_list("hash", flat=True).first() or ""
    _forge_entry(chain, number, before, b"guessed")
    Chain.objects.filter(key=chain).update(length=length + 1)
    return chain, number


def _shift_entry_numbers(chain: str, first: int, by: int) -> None:
    rows = Entry.objects.filter(chain=chain, number__gte=first)
    rows.update(number=F("number") + 10**9)
    Entry.objects.filter(chain=chain, number__gte=10**9).update(number=F("number") - 10**9 + by)


def _truncate_chain_and_reset_head(dice: random.Random) -> tuple[str, int]:
    """Cut the tail and set the head back, so that the chain itself is whole again."""
    chain, number, _ = _random_chain_and_entry_number(dice)
    Entry.objects.filter(chain=chain, number__gte=number).delete()
    head = Entry.objects.filter(chain=chain, number=number - 1).values_list("hash", flat=True).first() or ""
    Chain.objects.filter(key=chain).update(length=number - 1, head=head)
    return chain, number


def _replace_chain_tail(dice: random.Random) -> tuple[str, int]:
    """Cut the tail and write as many others in its place, without the key or with it."""
    chain, number, length = _random_chain_and_entry_number(dice)
    _delete_entries_from(chain, number)
    key = dice.choice([b"guessed", chain_key()])
    _forge_entries_and_set_head(chain, number, length, key)
    return chain, number if key == b"guessed" else length


def _forge_whole_chain(dice: random.Random) -> tuple[str, int]:
    """Write the whole chain anew with the key itself: only the heads noted elsewhere can tell."""
    chain, _, length = _random_chain_and_entry_number(dice)
    _delete_entries_from(chain, 1)
    _forge_entries_and_set_head(chain, 1, length, chain_key())
    return chain, length


def _replace_entry_from_other_branch(dice: random.Random) -> tuple[str, int]:
    """Put in an entry that a copy of the installation wrote with the key on another branch; the next one follows it."""
    chain, number, length = _random_chain_and_entry_number(dice, last=1)
    later = list(Entry.objects.filter(chain=chain, number__gt=number).order_by("number"))
    head = Chain.objects.get(key=chain).head
    _delete_entries_from(chain, number)
    later[0].previous = _forge_entries_and_set_head(chain, number, number, chain_key())
    Entry.objects.bulk_create(later)
    Chain.objects.filter(key=chain).update(length=length, head=head)
    return chain, number + 1


def _delete_entries_from(chain: str, number: int) -> None:
    Entry.objects.filter(chain=chain, number__gte=number).delete()


def _forge_entries_and_set_head(chain: str, first: int, last: int, key: bytes) -> str:
    """Write these entries anew, and set the head after them; answers the last hash."""
    head = Entry.objects.filter(chain=chain, number=first - 1).values_list("hash", flat=True).first() or ""
    for number in range(first, last + 1):
        head = _forge_entry(chain, number, head, key)
    Chain.objects.filter(key=chain).update(length=last, head=head)
    return head


def _forge_entry(chain: str, number: int, previous: str, key: bytes) -> str:
    entry = Entry(chain=chain, number=number, at=clock.now(), verb="proof.forged", area=chain, previous=previous)
    entry.hash = entry_hash(hashed_fields_of(entry), previous, key=key)
    entry.save(force_insert=True)
    return entry.hash


KINDS: tuple[tuple[str, Callable[[random.Random], tuple[str, int]]], ...] = (
    ("changed", _change_random_entry),
    ("deleted", _delete_random_entry),
    ("swapped", _swap_random_entries),
    ("inserted", _insert_forged_entry),
    ("cut", _truncate_chain_and_reset_head),
    ("cut and refilled", _replace_chain_tail),
    ("written anew with the key", _forge_whole_chain),
    ("an entry of another branch", _replace_entry_from_other_branch),
)


def count_flaws_of_exports(seed: int) -> dict:
    """Whether an export proves the same: whole as it is, and flawed after one of its lines was changed."""
    lines, noted = list(anchors.journal_export_lines()), _current_anchors()
    place = random.Random(seed).randrange(len(lines) - 1)
    forged = [*lines[:place], lines[place].replace("proof.done", "proof.gone"), *lines[place + 1 :]]
    return {
        "whole": len(anchors.verify_journal_export(lines, anchors=noted).flaws),
        "forged": len(anchors.verify_journal_export(forged, anchors=noted).flaws),
    }


OWN = (
    create_journal_and_count_flaws,
    measure_seconds_per_entry,
    manipulate_journal_and_count_found,
    count_flaws_of_exports,
)
PROCEDURES = message_queue.PROCEDURES | {function.__name__: function for function in OWN}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
