"""Where the journal ended, noted outside the database: in mails, reports, backups, and a file of the data folder.

A line reads ``<time> <chain> <length> <hash>``. Whoever cuts a tail or writes a chain anew cannot change them (T38).
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from plp.journal.queries import Anchors, Flaw, Verdict, chain_heads, chain_keys, entries_with_hashes_of_chain
from plp.journal.rules import ChainWalk

HEX = re.compile("[0-9a-f]")
LINE = re.compile(
    r"\S[ \t]+(?P<chain>\S+)[ \t]+(?P<length>\d+)[ \t]+(?P<head>(?:[0-9a-f][\s\u200b]*){63}[0-9a-f])(?![0-9a-f])"
)


def anchor_lines(at: datetime, *, within: str = "") -> str:
    """The heads of all chains, or of those of an area and what lies in it, a line each."""
    moment, ends = at.isoformat(timespec="seconds"), chain_heads(within=within)
    return "".join(f"{moment} {chain} {length} {head}\n" for chain, (length, head) in ends.items() if length)


def parse_anchors(text: str) -> Anchors:
    """The heads in a text, also among other words (a mail, a PDF that breaks a long hash): the rest is passed over."""
    anchors: dict[str, dict[int, str]] = {}
    for line in LINE.finditer(text):
        anchors.setdefault(line["chain"], {})[int(line["length"])] = "".join(HEX.findall(line["head"]))
    return anchors


def journal_export_lines() -> Iterator[str]:
    """Every entry as a line of JSON, chain by chain, and last the heads."""
    ends = chain_heads()
    for chain in ends:
        for fields, previous, own_hash in entries_with_hashes_of_chain(chain):
            yield json.dumps({**fields, "previous": previous, "hash": own_hash}, ensure_ascii=False)
    yield json.dumps({"heads": ends})


def verify_journal_export(lines: Iterable[str], *, anchors: Anchors, keys: list[bytes] | None = None) -> Verdict:
    """The same proof from an export, without a database (T37)."""
    rows: dict[str, list[dict[str, Any]]] = {}
    ends: dict[str, list[Any]] = {}
    for line in lines:
        row = json.loads(line)
        if "heads" in row:
            ends = row["heads"]
        else:
            rows.setdefault(row["chain"], []).append(row)
    used = keys if keys is not None else chain_keys()
    flaws = [
        flaw
        for chain in sorted({*rows, *ends, *anchors})
        if (flaw := _first_flaw(chain, rows.get(chain, []), ends.get(chain), anchors, used))
    ]
    return Verdict(sum(map(len, rows.values())), len(ends), tuple(flaws))


def _first_flaw(
    chain: str, rows: list[dict[str, Any]], end: list[Any] | None, anchors: Anchors, keys: list[bytes]
) -> Flaw | None:
    length, head = end or [0, ""]
    walk = ChainWalk(keys, {**({length: head} if length else {}), **anchors.get(chain, {})})
    for row in rows:
        fields = {name: value for name, value in row.items() if name not in {"previous", "hash"}}
        why = walk.advance_or_name_flaw(fields, row["previous"], row["hash"])
        if why:
            return Flaw(chain, walk.number + 1, why)
    if walk.flaw_at_end() or walk.number != length:
        return Flaw(chain, walk.number + 1, "cut")
    return Flaw(chain, walk.first_unexplained_entry_number(), "altered") if walk.unexplained else None
