"""Suppliers that fall out while an alarm leaves: the second takes over, then the next channel, then people (F9)."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from proof.harness.system import SystemUnderTest, system_under_test
from proof.receivers.faulty_sms import Script
from proof.result import Figure, ProofRequest, ProofResult, Size

TROUBLES = ("429", "503", "500", "stall", "reset", "gone")
GOOD = ("proof.receivers.faulty_sms",)
BODY = "Fermez à clé."
SLOW = {
    Size.TRIAL: 12,
    Size.QUICK: 4,
    Size.FLOOR: 1,
    Size.FULL: 1,
}  # how much longer it may take where others use the machine too
CREWS = {Size.TRIAL: (1,), Size.QUICK: (4,), Size.FLOOR: (1, 4), Size.FULL: (1, 4)}  # worker processes
CHOSEN = {Size.TRIAL: slice(3, 4), Size.QUICK: slice(0, None, 2), Size.FLOOR: slice(None), Size.FULL: slice(None)}


def prove(ask: ProofRequest) -> ProofResult:
    """One alarm a trouble of the first gateway; then one with no gateway at all."""
    people, factor = ask.number_for_size(trial=4, quick=8, floor=100, full=400), SLOW[ask.size]
    troubles = TROUBLES[CHOSEN[ask.size]]
    crews = CREWS[ask.size]
    figures = [
        _measure_second_gateway(ask, trouble, people, crew, 5 * factor) for trouble in troubles for crew in crews
    ]
    return ProofResult(
        len(troubles) * len(crews) * people,
        "SMS of an alarm whose first gateway says 429, 503 or 500 to all, does not answer, cuts the line or is gone",
        (*(figure for some in figures for figure in some), *_measure_without_gateway(ask, people, 60 * factor)),
    )


@contextmanager
def _system_with_faulty_first_gateway(ask: ProofRequest, trouble: str) -> Iterator[SystemUnderTest]:
    fault = {} if trouble == "gone" else {trouble: 1.0}
    first = (*GOOD, "--script", Script(seed=ask.seed, faults=fault).as_text())
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder), ask.database, connections=10, lease=60, sms=first, stage="proof.procedures.sms_spending"
        ) as scene,
    ):
        if trouble == "gone":
            scene.environment["PLP_SMS_URL"] = "http://plp:secret@127.0.0.1:1/cgi-bin/sendsms"
        scene.call_procedure("make_database")
        yield scene


def _measure_second_gateway(
    ask: ProofRequest, trouble: str, people: int, crew: int, seconds: int
) -> tuple[Figure, ...]:
    """How long until the last SMS was with the second gateway, with so many worker processes."""
    with _system_with_faulty_first_gateway(ask, trouble) as scene:
        log = scene.start_second_gateway(GOOD)
        scene.call_procedure("create_people_with_mobile", people, 0)
        scene.start_workers(crew)
        _wait_until(scene, lambda: scene.call_procedure("was_worker_seen"))
        _, begun = scene.call_procedure("queue_alarm_by_sms_or_email", "", BODY)
        _wait_until(scene, lambda: not scene.call_procedure("is_any_copy_unfinished"))
        times = _arrival_times_by_reference(log)
    late = max(times.values(), default=begun + 9999) - begun
    name = f"first gateway: {trouble}, workers: {crew}"
    return (
        Figure(f"{name}: last SMS with the second after", round(late, 2), "s", seconds, seconds),
        Figure(f"{name}: not with the second", people - len(times), floor=0, goal=0),
    )


def _measure_without_gateway(ask: ProofRequest, people: int, seconds: int) -> tuple[Figure, ...]:
    """Without a gateway: by e-mail for those who have one, on the call list for the others."""
    with _system_with_faulty_first_gateway(ask, "gone") as scene:
        scene.environment["PLP_SMS_URL_2"] = "http://plp:secret@127.0.0.1:1/cgi-bin/sendsms"
        scene.call_procedure("create_people_with_mobile", people, people)
        scene.start_workers(1, hurried=ask.size == Size.TRIAL)
        message, begun = scene.call_procedure("queue_alarm_by_sms_or_email", "", BODY)
        _wait_until(scene, lambda: len(_arrival_times_by_reference(scene.log)) >= people)
        late, called = (
            max(_arrival_times_by_reference(scene.log).values()) - begun,
            scene.call_procedure("count_people_to_call", message),
        )
    return (
        Figure("no gateway: last mail with the server after", round(late, 2), "s", seconds, seconds),
        Figure("no gateway: people without e-mail that nobody is told to call", people - called, floor=0, goal=0),
    )


def _arrival_times_by_reference(log: Path) -> dict[str, float]:
    """When each copy was taken, by our reference."""
    lines = log.read_text().splitlines() if log.exists() else []
    return {line.split()[1]: float(line.split()[0]) for line in lines}


def _wait_until(scene: SystemUnderTest, is_over: Callable[[], bool]) -> None:
    until = time.monotonic() + 300
    while not is_over():
        assert time.monotonic() < until, (scene.log.parent / "worker.log").read_text()[-2000:]
        time.sleep(0.05)
