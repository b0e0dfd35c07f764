"""STOP in hundreds of spellings, and people erased, while copies leave: it counts at once (F28, G19, T41)."""

import tempfile
import time
from pathlib import Path
from typing import Any

from proof.found import Ask, Figure, Found, Size, progress
from proof.stand.house import House, house
from proof.stand.sms_receiver import Script

ERASED_EVERY = 10  # after so many stops one person is erased
GRACE = 1.0  # seconds after which nothing may reach who was erased


def prove(ask: Ask) -> Found:
    """People whose copy has not left yet answer STOP by SMS or mail, each in another spelling."""
    stops = ask.of(trial=12, quick=30, full=1_000_000)
    sms = ("proof.stand.sms_receiver", "--script", Script(delay=0.05).as_text())
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        house(
            Path(folder), ask.database, delay=0.05, connections=4, lease=10, sms=sms, stage="proof.stand.calling_back"
        ) as scene,
    ):
        spellings = scene.tell("spellings")[:: max(1, 200 // stops)][:stops]
        message = scene.tell("texters", len(spellings) * 40)
        scene.start_workers(ask.crew)
        scene.tell("queue", message)
        scene.wait_for_more_mail(60)
        stopped, erased = _interrupt(scene, message, spellings)
        scene.wait_until_settled(600)
        return Found(len(stopped), "STOP while copies leave, by SMS and by mail", _judged(ask, scene, stopped, erased))


def _interrupt(scene: House, message: str, spellings: list[str]) -> tuple[list[Any], list[Any]]:
    """One stop after the other, as long as copies wait."""
    stopped, erased = [], []
    for place, words in enumerate(spellings):
        if done := scene.tell("say_stop", words, place, message):
            stopped.append(done)
        if place % ERASED_EVERY == ERASED_EVERY - 1 and (gone := scene.tell("erase", message)):
            erased.append(gone)
        time.sleep(0.02)
    return stopped, erased


def _judged(ask: Ask, scene: House, stopped: list[Any], erased: list[Any]) -> tuple[Figure, ...]:
    """What reached people after they said stop."""
    logs = scene.log.read_text() + scene.sms_log.read_text()
    rows = (line.split() for line in logs.splitlines())
    taken = {name.partition("@")[0]: float(moment) for moment, name, *_ in rows}
    after = [one for one in stopped if taken.get(one["reference"], 0) > one["at"]]
    late = [one for one in erased if taken.get(one["reference"], 0) > one["at"] + GRACE]
    for one in after:
        if not one["wire"]:
            progress(f"{one} reached somebody at {taken[one['reference']]}")
    slowest = max((one["took"] for one in stopped), default=0.0)
    return (
        Figure("sent after the stop, and not on the wire", sum(not one["wire"] for one in after), floor=0, goal=0),
        Figure("spellings not heard", sum(not one["heard"] for one in stopped), floor=0, goal=0),
        Figure("slowest stop to effect", slowest, "s", 60 if ask.size == Size.TRIAL else 5, 1),
        Figure("people erased while copies leave", len(erased), floor=1, most=False),
        Figure("sent to the erased, a second after", len(late), floor=0, goal=0),
    )
