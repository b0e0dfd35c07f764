"""Push services that say gone, busy, too large, broken or nothing: another channel takes over, gone is gone (F16)."""

import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from proof.harness.fast_retries import FASTER
from proof.harness.system import ROOT, SystemUnderTest, system_under_test
from proof.receivers.faulty_push import ASKED, FAULTS
from proof.result import Figure, ProofRequest, ProofResult, Size

ENDED = ("gone", "unknown")  # after which an address is dead
MESSAGES = 2  # queued together, then one more
LEASE = 30  # seconds that a worker has for a copy; then it is in doubt
ON_ITS_WAY = 2.0  # seconds from the last look at an address to the request: what was let go before the news was written


def prove(ask: ProofRequest) -> ProofResult:
    """As many devices for each fault; two alarms at once and one when all is settled."""
    each, hurried = ask.number_for_size(trial=2, quick=10, floor=40, full=100), ask.size == Size.TRIAL
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as name, push_service(Path(name, "push.log")) as origin:
        endpoints = [f"{origin}/{fault}/{number}" for fault in FAULTS for number in range(each)]
        more = {
            "connections": 8,
            "lease": LEASE,
            "stage": "proof.procedures.push_devices",
            "settings": {"PLP_PUSH_HOSTS": origin},
        }
        with system_under_test(Path(name), ask.database, **more) as scene:
            scene.call_procedure("create_people_with_push_endpoints", endpoints)
            for number in (MESSAGES, 1):
                scene.call_procedure("queue_alarms_for_everybody", number)
                if scene.worker is None:
                    scene.start_workers(ask.worker_process_count, hurried=hurried)
                scene.wait_until_no_dispatch_waits(600)
            lost = scene.call_procedure("copies_of_unreached_people")
            figures = _push_figures(scene, Path(name, "push.log"), ASKED / FASTER if hurried else ASKED)
    return ProofResult(
        len(endpoints) * (MESSAGES + 1),
        f"notifications to {len(endpoints)} devices of a push service with {len(FAULTS)} kinds of answers",
        (*figures, Figure("alarms that reached a person by no channel", len(lost), floor=0, goal=0)),
        details={"unreached": lost[:20]},
    )


@contextmanager
def push_service(log: Path) -> Iterator[str]:
    """A push service on this machine; answers its origin."""
    words = [sys.executable, "-m", "proof.receivers.faulty_push", "--log", str(log)]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.stdin.close()


def _push_figures(scene: SystemUnderTest, log: Path, asked: float) -> tuple[Figure, ...]:
    """What the service saw, beside what the house kept."""
    seen: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for line in log.read_text().splitlines():
        moment, path, topic, status = line.split()
        seen[path].append((float(moment), topic, status))
    learnt = {
        urlsplit(address).path: at for address, at in scene.call_procedure("times_devices_were_found_gone").items()
    }
    gone = {path: rows for path, rows in seen.items() if path.split("/")[1] in ENDED}
    again = [
        moment > learnt.get(path, 0.0) + ON_ITS_WAY or topic in {row[1] for row in rows[:place]}
        for path, rows in gone.items()
        for place, (moment, topic, _status) in enumerate(rows)
        if place
    ]
    known_after = max((learnt[path] - rows[0][0] for path, rows in gone.items() if path in learnt), default=0.0)
    early = sum(
        later[0] - first[0] < asked
        for path, rows in seen.items()
        for first, later in pairwise(rows)
        if first[2] == "429" and later[1] == first[1]
    )
    copies = [
        sum(row[1] == topic for row in rows if row[2] in {"0", "201"})
        for rows in seen.values()
        for topic in {row[1] for row in rows}
    ]
    kept = [
        one for one in scene.call_procedure("remaining_push_endpoints") if any(f"/{fault}/" in one for fault in ENDED)
    ]
    return (
        Figure("requests that the service read", sum(len(rows) for rows in seen.values())),
        Figure("retries to gone addresses", sum(again), floor=0, goal=0),
        Figure("other messages that met the news on its way", len(again) - sum(again)),
        Figure("longest from the request to the news of a gone address", known_after, "s", floor=LEASE),
        Figure("gone subscriptions that are kept", len(kept), floor=0, goal=0),
        Figure("tries before a busy service wanted them", early, floor=0, goal=0),
        Figure("redirects followed", sum(path.startswith("/followed/") for path in seen), floor=0, goal=0),
        Figure("most copies of one message on one device", max(copies), floor=2, goal=2),
    )
