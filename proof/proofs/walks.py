"""Random walks through the step plan, and lives of a message that waits for somebody (R12, R13, R92).

The tests take some of these at each change; here the numbers are those of the promise.
"""

import os

import django

from proof.result import Figure, ProofRequest, ProofResult, print_progress

TOLD = 2_000  # walks between two words to whoever waits


def prove(ask: ProofRequest) -> ProofResult:
    """Walk through the plan as chance decides, and let as many messages wait while offices change hands."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "plp.server.settings"
    django.setup()
    from tests.followup.test_holder import holders  # noqa: PLC0415 - after the settings
    from tests.launch.test_walks import go  # noqa: PLC0415 - after the settings
    from tests.launch.walk import Walk  # noqa: PLC0415 - after the settings

    number = ask.number_for_size(trial=500, quick=10_000, floor=10_000, full=100_000)
    first = ask.seed * 10**6
    faults, launched, homeless = 0, 0, 0
    for seed in range(first, first + number):
        walk = Walk()
        faults += len(go(walk, seed))
        launched += walk.launched
        homeless += holders(seed).count(None)
        if (seed - first) % TOLD == TOLD - 1:
            print_progress(f"{seed - first + 1} of {number} walks")
    return ProofResult(
        number,
        "walks of 75 acts through the step plan, and as many lives of a waiting message",
        (
            Figure("gates passed early, facts lost, launches that lacked a must", faults, floor=0, goal=0),
            Figure("walks that reached the launch", launched, floor=number // 10, goal=number // 10, most=False),
            Figure("moments without exactly one right holder", homeless, floor=0, goal=0),
        ),
    )
