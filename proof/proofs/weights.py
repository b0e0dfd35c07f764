"""The twenty most used pages on a slow line: bytes, requests, questions to the database, seconds to the first words."""

from proof.harness.seeded_data import inside, seeded
from proof.result import Ask, Found


def prove(ask: Ask) -> Found:
    """Open each with an empty browser at 400 kbit/s and 400 ms, and write ``docs/pages.md`` of it."""
    with seeded() as home:
        return inside(home, "proof.probes.page_weight", ask, minutes=20)
