"""Every page of every role: its HTML before the checker of the W3C, and what searches show of it.

``npm install --global vnu-jar`` brings the checker, which asks for Java. What a browser sees of the same pages is said
by ``.venv/bin/python -m proof.sheet`` (docs/accessibility.md).
"""

from proof.harness.seeded_data import probe_in_process, seeded_home
from proof.result import ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Ten roles in four languages; a quick run reads the pages of three in French."""
    with seeded_home() as home:
        return probe_in_process(home, "proof.probes.html_pages", ask, minutes=60)
