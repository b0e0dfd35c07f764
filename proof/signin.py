"""Nobody signs in who should not: guessed codes, stolen sessions, unseen browsers, links robots follow (T4 to T7)."""

from proof.found import Ask, Figure, Found, progress
from proof.stand.alone import alone

HOURS_A_YEAR, YEARS = 8_760, 10


def prove(ask: Ask) -> Found:
    """Guesses against the limits with a moved clock; then events, browsers and links at the real door."""
    accounts = ask.of(trial=20, quick=50, floor=1_000, full=10_000)
    guessed = alone(
        "proof.stand.codes",
        guesses=ask.of(trial=330, quick=500, floor=20_000, full=200_000),
        accounts=accounts,
        seed=ask.seed,
    )
    progress(f"{guessed['guesses']:,} codes guessed")
    door = alone("proof.stand.entrance", rounds=ask.of(trial=1, quick=1, floor=2, full=10))
    expected = guessed["busiest"] * HOURS_A_YEAR * YEARS / guessed["space"]
    return Found(
        guessed["guesses"] + door["tries"] * door["events"] + door["links"] * 10,
        f"{guessed['guesses']:,} codes guessed at {accounts:,} accounts in {guessed['hours']} hours; {door['events']} "
        f"events that end a session; {door['links']} links followed ten times by robots",
        (
            Figure("codes guessed right", guessed["right"], floor=0, goal=0),
            Figure("wrong codes looked at in an hour, everybody together", guessed["busiest"], floor=300, goal=300),
            Figure("tries at one code", guessed["most"], floor=5, goal=5),
            Figure("successes to expect in ten years at that rate", expected, floor=1, goal=1),
            Figure("events that leave a session alive", len(door["alive"]), floor=0, goal=0),
            Figure("events tried", door["events"], floor=12, goal=12, most=False),
            Figure("new browsers noticed", 100 * door["told"] / door["sign_ins"], "%", 100, 100, most=False),
            Figure("captured codes that worked twice", door["twice"], floor=0, goal=0),
            Figure("links that work after the robots", 100 * door["works"] / door["links"], "%", 100, 100, most=False),
            Figure("states that robots changed", door["changed"], floor=0, goal=0),
        ),
        details={"alive": door["alive"]},
    )
