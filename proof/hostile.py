"""Hostile requests over every route and form: no error of ours, no traceback, quick, flat (G10, T24-T30, T46, T47)."""

from proof.found import Ask, Found
from proof.stand.seeded import inside, seeded


def prove(ask: Ask) -> Found:
    """Fire them at the pages; nothing that is written stays."""
    with seeded() as home:
        return inside(home, "proof.stand.siege", ask, minutes=ask.of(trial=10, quick=10, full=180))
