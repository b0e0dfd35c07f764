"""Ten alarms at once while a newsletter leaves: the alarms go first, and none of them waits for all others (F36)."""

import tempfile
from collections import defaultdict
from pathlib import Path

from proof.harness.system import SystemUnderTest, system_under_test
from proof.result import Figure, ProofRequest, ProofResult, Size

ALARMS = 10


def prove(ask: ProofRequest) -> ProofResult:
    """A newsletter for as many as all alarms together is on its way when ten partnerships raise an alarm."""
    each = ask.number_for_size(trial=30, quick=300, floor=4_000, full=20_000)
    people = ALARMS * each
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder), ask.database, connections=20, lease=60, stage="proof.procedures.message_queue"
        ) as scene,
    ):
        bulk = scene.call_procedure("create_people_and_message", people)
        scene.start_workers(2)
        scene.call_procedure("queue_for_people_in_range", bulk, 0, people)
        scene.wait_for_more_mail(60)
        alarms = dict(
            scene.call_procedure("queue_alarm_for_people_in_range", number * each, (number + 1) * each)
            for number in range(ALARMS)
        )
        scene.wait_until_no_dispatch_waits(1800)
        taken = _arrival_times_by_message(scene)
    waits = sorted(moment - alarms[name] for name, moments in taken.items() if name in alarms for moment in moments)
    last = max(moment for name in alarms for moment in taken[name])
    first = min(alarms.values())
    between = sum(first < moment < last for moment in taken[bulk.replace("-", "")])
    is_trial = ask.size == Size.TRIAL  # of so few, most left before the alarms came
    return ProofResult(
        people,
        f"{ALARMS} alarms to {each:,} people each at once, while a newsletter to {people:,} leaves",
        (
            Figure("alarms that did not arrive", people - len(waits), floor=0, goal=0),
            Figure("to the sink, 95 of 100 alarms", waits[int(len(waits) * 0.95)], "s", 300 if is_trial else 60, 10),
            Figure("the last alarm", waits[-1], "s"),
            Figure(
                "letters of the newsletter before the last alarm",
                100 * between / people,
                "%",
                None if is_trial else 50,
                10,
            ),
        ),
        "What bounds the alarms of all partnerships together is how many letters a second this machine sends.",
    )


def _arrival_times_by_message(scene: SystemUnderTest) -> dict[str, list[float]]:
    """When the copies of each message came, by its id."""
    taken: dict[str, list[float]] = defaultdict(list)
    for line in scene.log.read_text().splitlines():
        moment, name, _ = line.split()
        taken[name.partition("@")[0].rpartition("-")[2]].append(float(moment))
    return taken
