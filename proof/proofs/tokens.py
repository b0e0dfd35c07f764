"""Keys of links cannot be guessed, altered or used for something else (G21)."""

from proof.harness.isolation import run_isolated
from proof.result import Figure, ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Swapped across purpose, person and partnership, altered, cut, lengthened, drawn by chance, made elsewhere."""
    number = ask.number_for_size(trial=1_000, quick=20_000, full=100_000)
    seen = run_isolated("proof.probes.forged_keys", number=number, seed=ask.seed)
    return ProofResult(
        seen["tried"],
        f"forged keys at {seen['doors']} kinds of links, of two partnerships; {seen['known']} genuine ones beside them",
        (
            Figure("forged keys that opened something", len(seen["opened"]), floor=0, goal=0),
            Figure("pages that opened to the key of another", seen["pages"], floor=0, goal=0),
            Figure("genuine keys that open", 100 * seen["genuine"] / seen["known"], "%", 100, 100, most=False),
        ),
        details={"opened": sorted(set(seen["opened"]))},
    )
