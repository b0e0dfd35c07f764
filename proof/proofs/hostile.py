"""Hostile requests over every route and form: no error of ours, no traceback, quick, flat (G10, T24-T30, T46, T47)."""

from proof.harness.seeded_data import inside, seeded
from proof.result import Ask, Found


def prove(ask: Ask) -> Found:
    """Fire them at the pages; nothing that is written stays."""
    with seeded() as home:
        return inside(home, "proof.probes.hostile_requests", ask, minutes=ask.of(trial=10, quick=10, full=180))
