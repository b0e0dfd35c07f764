"""Nobody is sent to a foreign page, and no mail of ours names a foreign host (T8, T33)."""

from proof.harness.isolation import run_isolated
from proof.result import Figure, ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Payloads on every route that sends people on; header variants on forms that send a mail."""
    seen = run_isolated(
        "proof.probes.open_redirects", number=ask.number_for_size(trial=50, quick=50, full=600), seed=ask.seed
    )
    return ProofResult(
        seen["tried"] + seen["forms"],
        f"payloads at {seen['routes']} routes that send people on ({seen['tried']:,} tries); forms that send a mail, "
        f"with headers that name another host ({seen['forms']} tries, {seen['mails']} mails)",
        (
            Figure("ways that lead to a foreign page", len(seen["foreign"]), floor=0, goal=0),
            Figure("links in mails", seen["links"], floor=10, goal=10, most=False),
            Figure("links to a foreign host", len(seen["wrong"]), floor=0, goal=0),
            Figure("foreign hosts that were let in", len(seen["let_in"]), floor=0, goal=0),
        ),
        details={
            "follow": seen["follow"],
            "foreign": seen["foreign"][:20],
            "let_in": seen["let_in"][:20],
            "wrong": seen["wrong"][:20],
        },
    )
