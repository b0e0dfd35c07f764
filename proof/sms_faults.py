"""A gateway that answers four requests in ten with an error, nonsense, or not at all (F14)."""

import tempfile
from collections import Counter
from pathlib import Path

from proof.found import Ask, Figure, Found
from proof.kills import judged
from proof.stand.house import house
from proof.stand.sms_receiver import TAKEN, Script

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


def prove(ask: Ask) -> Found:
    """Once with a gateway that knows a reference again and sends no second SMS, once with one that does not."""
    people = ask.of(trial=60, quick=120, floor=1000, full=5000)
    blind, first = _scene(ask, people, knows=False)
    knowing, _ = _scene(ask, people, knows=True)
    figures = (
        *blind,
        Figure("doubles at a gateway that knows our reference", _value(knowing, "doubles"), floor=0, goal=0),
        Figure("lost at a gateway that knows our reference", _value(knowing, "lost"), floor=0, goal=0),
        Figure("requests that met a fault", sum(first.values())),
    )
    words = "an SMS to a gateway that fails four times in ten"
    return Found(2 * people, words, figures, details={"faults": dict(first)})


def _value(figures: tuple[Figure, ...], name: str) -> float:
    return next(figure.value for figure in figures if figure.name == name)


def _scene(ask: Ask, people: int, *, knows: bool) -> tuple[tuple[Figure, ...], Counter[str]]:
    """Send to all; answers the judgement and how often each fault struck."""
    script = Script(seed=ask.seed, faults=FAULTS, knows=knows, spares=4)
    gateway = ("proof.stand.sms_receiver", "--script", script.as_text())
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        house(Path(folder), ask.database, connections=4, lease=3, sms=gateway, stage="proof.stand.quarter") as scene,
    ):
        message = scene.tell("texters", people)
        scene.start_workers(ask.crew, hurried=not ask.is_long)
        scene.wait_until_settled(600)
        struck = Counter(line.split()[0] for line in Path(f"{scene.sms_log}.faults").read_text().splitlines())
        window = sum(number for fault, number in struck.items() if fault in TAKEN | {"inside"})
        return judged(scene.tell("book", message), scene.copies(), people=people, window=window), struck
