"""Nobody signs in who should not: guessed codes, stolen sessions, unseen browsers, links robots follow (T4 to T7)."""

from proof.harness.isolation import run_isolated
from proof.result import Figure, ProofRequest, ProofResult, print_progress

HOURS_A_YEAR, YEARS = 8_760, 10
AT_MOST = 1_000_000  # wrong codes that one machine looks at in an hour: 280 pages a second


def prove(ask: ProofRequest) -> ProofResult:
    """Guesses at codes that nobody asked for, with a moved clock; then events, browsers and links at the real door."""
    accounts = ask.number_for_size(trial=20, quick=50, floor=1_000, full=10_000)
    guessed = run_isolated(
        "proof.probes.code_guesses",
        guesses=ask.number_for_size(trial=1_000, quick=1_600, floor=20_000, full=200_000),
        accounts=accounts,
        seed=ask.seed,
    )
    print_progress(f"{guessed['guesses']:,} codes guessed")
    door = run_isolated("proof.probes.sign_in", rounds=ask.number_for_size(trial=1, quick=1, floor=2, full=10))
    short, long = guessed["spaces"]
    expected = (guessed["short"] / short + AT_MOST / long) * HOURS_A_YEAR * YEARS
    return ProofResult(
        guessed["guesses"] + door["tries"] * door["events"] + door["links"] * 10,
        f"{guessed['guesses']:,} codes guessed at {accounts:,} accounts in {guessed['hours']} hours; {door['events']} "
        f"events that end a session; {door['links']} links followed ten times by robots",
        (
            Figure("codes guessed right", guessed["right"], floor=0, goal=0),
            Figure("wrong codes of eight digits looked at in an hour", guessed["short"], floor=750, goal=750),
            Figure("wrong codes of twelve digits looked at in an hour", guessed["long"]),
            Figure("tries at one code", guessed["most"], floor=5, goal=5),
            Figure("successes to expect in ten years, with a million long ones an hour", expected, floor=1, goal=1),
            Figure("events that leave a session alive", len(door["alive"]), floor=0, goal=0),
            Figure("events tried", door["events"], floor=12, goal=12, most=False),
            Figure("new browsers noticed", 100 * door["told"] / door["sign_ins"], "%", 100, 100, most=False),
            Figure("captured codes that worked twice", door["twice"], floor=0, goal=0),
            Figure("links that work after the robots", 100 * door["works"] / door["links"], "%", 100, 100, most=False),
            Figure("states that robots changed", door["changed"], floor=0, goal=0),
        ),
        details={"alive": door["alive"]},
    )
