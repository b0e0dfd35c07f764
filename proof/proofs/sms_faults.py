"""A gateway that answers four requests in ten with an error, nonsense, or not at all (F14)."""

import tempfile
import time
from collections import Counter
from pathlib import Path

from proof.harness.system import SystemUnderTest, system_under_test
from proof.proofs.kills import lost_and_double_figures
from proof.receivers.faulty_sms import TAKEN, Script
from proof.result import Figure, ProofRequest, ProofResult

FAULTS = {
    "429": 0.06,
    "500": 0.06,
    "502": 0.04,
    "503": 0.02,
    "inside": 0.04,
    "stall": 0.003,  # each holds one of four lines for seconds
    "drip": 0.003,
    "reset": 0.09,
    "garbage": 0.09,
    "504": 0.014,
}


def prove(ask: ProofRequest) -> ProofResult:
    """Once with a gateway that says nothing but its answer, once with one that reports each SMS as Kannel does, once
    with one that knows a reference again and sends no second SMS.
    """
    people = ask.number_for_size(trial=60, quick=120, floor=1000, full=5000)
    blind, first = _send_sms_through_faulty_gateway(ask, people)
    telling, _ = _send_sms_through_faulty_gateway(ask, people, reports=True)
    knowing, _ = _send_sms_through_faulty_gateway(ask, people, knows=True)
    figures = (
        *blind,
        Figure("doubles of no alarm at a gateway that reports each SMS", _value_of_figure(telling, "doubles"), goal=0),
        Figure("lost at a gateway that reports each SMS", _value_of_figure(telling, "lost"), floor=0, goal=0),
        Figure("doubles at a gateway that knows our reference", _value_of_figure(knowing, "doubles"), floor=0, goal=0),
        Figure("lost at a gateway that knows our reference", _value_of_figure(knowing, "lost"), floor=0, goal=0),
        Figure("requests that met a fault", sum(first.values())),
    )
    words = "an SMS to a gateway that fails four times in ten"
    return ProofResult(3 * people, words, figures, details={"faults": dict(first)})


def _value_of_figure(figures: tuple[Figure, ...], name: str) -> float:
    return next(figure.value for figure in figures if figure.name == name)


def _send_sms_through_faulty_gateway(
    ask: ProofRequest, people: int, *, knows: bool = False, reports: bool = False
) -> tuple[tuple[Figure, ...], Counter[str]]:
    """Send to all; answers the judgement and how often each fault struck. What is in doubt of an alarm does not wait
    for a report, so where there are reports it is no alarm.
    """
    script = Script(seed=ask.seed, faults=FAULTS, knows=knows, spares=4)
    gateway = ("proof.receivers.faulty_sms", "--script", script.as_text())
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder), ask.database, connections=4, lease=3, sms=gateway, stage="proof.procedures.quarter_members"
        ) as scene,
    ):
        message = scene.call_procedure("create_people_and_queue_sms", people, not reports)
        scene.start_workers(ask.worker_process_count, hurried=reports or not ask.is_long)
        _report_sms_until_settled(scene, reports=reports)
        struck = Counter(line.split()[0] for line in Path(f"{scene.sms_log}.faults").read_text().splitlines())
        window = sum(number for fault, number in struck.items() if fault in TAKEN | {"inside"})
        return lost_and_double_figures(
            scene.call_procedure("ledger_and_copy_states", message),
            scene.count_received_copies(),
            people=people,
            window=window,
        ), struck


def _report_sms_until_settled(scene: SystemUnderTest, *, reports: bool) -> None:
    """Wait until no row is on its way. ``reports``: the network tells of each SMS a moment after it has it."""
    told, until = 0, time.monotonic() + 600
    while scene.call_procedure("has_waiting_copies"):
        assert time.monotonic() < until, (scene.log.parent / "worker.log").read_text()[-2000:]
        sent = [line.split()[1] for line in scene.sms_log.read_text().splitlines()[told:]] if reports else []
        told += len(sent)
        scene.call_procedure("record_sms_delivery_receipts", sent)
        time.sleep(0.2)
