"""How many forms a founding takes: by whom, in which act, and in all."""

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

NEIGHBOURS = {"visitor", "deputy", "committee"}  # telephones of people without an office
EVENING = (
    "invite",
    "prepare",
    "meet",
    "minute",
    "enter",
    "approve",
)  # acts of those who hold the evening, from its plan to its minutes


@dataclass(frozen=True)
class SentForms:
    """``count`` forms of ``sender`` in one ``act``; ``kind``: "acts", or "identity" (sign-in, password, code)."""

    act: str
    sender: str
    kind: str
    count: int

    @property
    def role(self) -> str:
        """As whom they were sent: who registers for the evening is a neighbour still."""
        joins = self.act == "register" and self.sender != "officer"
        return "neighbours" if joins or self.sender in NEIGHBOURS else self.sender


def form_counts(sent: Iterable[SentForms]) -> dict[str, dict[str, int]]:
    """Totals by role and by act of what was done, and by role of what proved who one is.

    ``{"roles": {"officer": 90}, "acts": {"meet": 30}, "identity": {"mayor": 2}, "sums": {"whole": 130}}``.
    What neighbours sent during the evening is no part of its sum.
    """
    rows = list(sent)
    roles, acts, identity = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        if row.kind == "identity":
            identity[row.role] += row.count
        else:
            roles[row.role] += row.count
            acts[row.act] += row.count
    evening = sum(row.count for row in rows if row.act in EVENING and row.kind == "acts" and row.role != "neighbours")
    sums = {"whole": roles.total(), "evening": evening}
    return {"roles": dict(roles), "acts": dict(acts), "identity": dict(identity), "sums": sums}


def keep(name: str, counts: dict[str, dict[str, int]]) -> None:
    """Keep the counts of one founding in the folder ``FORMS``, if somebody wants to know (proof ``founding``)."""
    folder = os.environ.get("FORMS")
    if folder:
        Path(folder, f"{name}.json").write_text(json.dumps(counts), encoding="utf-8")
