"""Subscriptions that want us to call our own machines: nobody is called (T44)."""

from proof.harness.isolation import run_isolated
from proof.result import Figure, ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Addresses that two readers may read differently, and hosts of the list whose name leads inside."""
    seen = run_isolated(
        "proof.probes.push_endpoints", number=ask.number_for_size(trial=120, quick=220, full=220), seed=ask.seed
    )
    return ProofResult(
        seen["tricks"] + seen["names"],
        "addresses in numbers, in IPv6 clothes, with names, ports, signs and suffixes; names that lead inside; each by "
        "the form, and straight to the line",
        (
            Figure("addresses with a trick", seen["tricks"], floor=100, goal=100, most=False),
            Figure("names that lead inside", seen["names"]),
            Figure("tricks that the form took", seen["taken"], floor=0, goal=0),
            Figure("connections to anybody", seen["connections"], floor=0, goal=0),
        ),
    )
