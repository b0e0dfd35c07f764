"""What a proof is asked and what it answers: n, seed, figures, each beside its floor and its goal."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Size(StrEnum):
    """How much is tried: in each test run, within ten minutes, as much as the floors ask for, or all."""

    TRIAL = "trial"
    QUICK = "quick"
    FLOOR = "floor"
    FULL = "full"


def discard_result(_found: "ProofResult") -> None:
    """Keep nothing of what was found so far."""


@dataclass(frozen=True)
class ProofRequest:
    """What one run is to do. ``database``: "" for SQLite, else the address of a PostgreSQL server."""

    size: Size
    seed: int
    database: str = ""
    keep: Callable[["ProofResult"], object] = field(default=discard_result, compare=False)  # what was found so far

    @property
    def is_long(self) -> bool:
        """Whether what takes long is tried too."""
        return self.size in {Size.FLOOR, Size.FULL}

    @property
    def worker_process_count(self) -> int:
        """How many worker processes send, where a proof has no reason for a number of its own."""
        return 4 if self.is_long else 1

    def number_for_size(self, *, trial: int, quick: int, full: int, floor: int | None = None) -> int:
        """The number that goes with the size. Without one of its own, the floor is tried in full."""
        return {Size.TRIAL: trial, Size.QUICK: quick, Size.FLOOR: full if floor is None else floor, Size.FULL: full}[
            self.size
        ]


@dataclass(frozen=True)
class Figure:
    """One figure. ``floor`` must hold for a release; ``goal`` lies beyond. ``most``: less is better, else more is.

    A figure without floor and goal is told for information.
    """

    name: str
    value: float
    unit: str = ""
    floor: float | None = None
    goal: float | None = None
    most: bool = True

    @property
    def is_time_or_rate(self) -> bool:
        """Whether it says how fast this machine was, beside whatever else ran on it."""
        return self.unit in {"s", "ms", "/s"}

    def meets_bound(self, bound: float | None) -> bool:
        """Whether the value is within the bound; without a bound it is."""
        return bound is None or (self.value <= bound if self.most else self.value >= bound)


@dataclass(frozen=True)
class ProofResult:
    """What came out. ``n``: how many trials; ``words``: what one trial is; ``bounds``: what bounds a missed goal."""

    n: int
    words: str
    figures: tuple[Figure, ...]
    bounds: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def meets_all_floors(self) -> bool:
        """Whether every floor holds."""
        return all(figure.meets_bound(figure.floor) for figure in self.figures)

    @property
    def meets_all_goals(self) -> bool:
        """Whether every goal is reached."""
        return all(figure.meets_bound(figure.goal) for figure in self.figures)

    def as_json(self) -> dict[str, Any]:
        """For the report."""
        return asdict(self)


def result_from_json(kept: Mapping[str, Any]) -> ProofResult:
    """The opposite of ``as_json``."""
    return ProofResult(
        kept["n"], kept["words"], tuple(Figure(**one) for one in kept["figures"]), kept["bounds"], kept["details"]
    )


def print_progress(words: str) -> None:
    """Say how far it is, on standard error."""
    print(f"prove: {words}", file=sys.stderr, flush=True)


def result_as_json_text(found: ProofResult) -> str:
    """The JSON of what was found."""
    return json.dumps(found.as_json(), indent=1, ensure_ascii=False)
