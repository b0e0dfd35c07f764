"""Nobody shuts others out: wrong codes and passwords from ten thousand networks, while people come in (T5, T17)."""

from statistics import median

from proof.harness.isolation import run_isolated
from proof.result import Figure, ProofRequest, ProofResult

HOURS = 8_760 * 10  # in ten years
SHORT, LONG, AN_HOUR = 10**8, 10**12, 1_000_000  # codes of eight and of twelve digits; pages that a machine answers
WAITING, TRIES = 150, 5  # unused codes of eight digits in an hour, tries at each
A_DAY, WORDS = 300, 7_776**4  # tries of strangers at one password; one of four words by chance
RATE = 20.0  # requests of the strangers in a second, to one process


def prove(ask: ProofRequest) -> ProofResult:
    """Members by a code, officers by password and second factor; every second in a browser that is new."""
    tries, networks = (
        ask.number_for_size(trial=100, quick=400, floor=20_000, full=100_000),
        ask.number_for_size(trial=50, quick=400, floor=10_000, full=10_000),
    )
    members, officers = (
        ask.number_for_size(trial=6, quick=20, floor=200, full=200),
        ask.number_for_size(trial=2, quick=4, floor=20, full=20),
    )
    told = run_isolated(
        "proof.probes.lockout",
        database=ask.database,
        members=members,
        officers=officers,
        networks=networks,
        tries=tries,
        rate=RATE,
        seed=ask.seed,
    )
    codes = (WAITING * TRIES / SHORT + AN_HOUR / LONG) * HOURS
    return ProofResult(
        told["tries"],
        f"wrong codes and passwords from {networks:,} networks, {RATE:.0f} requests a second to one process; {members} "
        f"members and {officers} officers come in meanwhile",
        (
            Figure("wrong ones that opened something", told["right"], "", 0, 0),
            Figure("members who came in", 100 * told["members"] / members, "%", 100, 100, most=False),
            Figure("officers who came in", 100 * told["officers"] / officers, "%", 100, 100, most=False),
            Figure("of the officers, those who proved their mailbox first", told["by_mailbox"]),
            Figure("waits of people in browsers that are known", told["known_waited"], "", 0, 0),
            Figure("people who waited some seconds", told["waited"]),
            Figure("broken pages of people", told["broken"], "", 0, 0),
            Figure(
                "p95 of pages, meanwhile beside while strangers hold still, median of the rounds",
                median(_percentile_95(meanwhile) / _percentile_95(calm) for calm, meanwhile in told["rounds"]),
                "times",
                None,
                2,
            ),
            Figure("rounds", len(told["rounds"])),
            Figure(
                "p95 of pages meanwhile, median",
                1_000 * median(_percentile_95(seconds) for _, seconds in told["rounds"]),
                "ms",
            ),
            Figure("codes to expect guessed in ten years, all members", codes, "", 1, 1),
            Figure("passwords to expect guessed in ten years, one account", A_DAY * HOURS / 24 / WORDS, "", 1e-6, 1e-9),
        ),
        details={"failed": told["failed"]},
    )


def _percentile_95(seconds: list[float]) -> float:
    return seconds[int(len(seconds) * 0.95)]
