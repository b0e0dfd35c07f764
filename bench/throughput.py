"""The full path: row in the outbox, personalised mail, SMTP sink in another process, committed result (design, 16).

One message is in flight per connection. The peers send the same words to the same sink in the same run.
``python -m bench.throughput --json FILE [--quick]``; ``./plp bench`` runs it.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from proof.stand.house import ROOT, House, house

CONNECTIONS = 100  # per worker process; each has one message in flight
PROCESSES = 2
FLOORS = {
    "messages_per_second": 5000,
    "times_post_office": 10,
    "alarm_last_member_seconds": 2.0,
    "first_message_seconds": 1.0,
    "slow_receiver_99_percent_seconds": 10.0,
    "worker_megabytes": 150,
}
GOALS = {"messages_per_second": 10_000}
HIGHER_IS_BETTER = {"messages_per_second", "times_post_office"}


@contextmanager
def scene(*, delay: float = 0.0, connections: int = CONNECTIONS) -> Iterator[House]:
    """A house in a throw-away folder, on SQLite or on the server of ``PLP_DATABASE_URL``."""
    with tempfile.TemporaryDirectory(prefix="plp-bench-") as folder:
        database = os.environ.get("PLP_DATABASE_URL", "")
        with house(Path(folder), database, delay=delay, connections=connections, lease=60) as made:
            yield made


def say(words: str) -> None:
    """Progress, on standard error."""
    print(words, file=sys.stderr, flush=True)


def times(made: House, message: str) -> list[float]:
    """When the receiver took each copy of a message."""
    name = message.replace("-", "")
    return sorted(float(line.split()[0]) for line in made.log.read_text().splitlines() if name in line.split()[1])


class Memory(threading.Thread):
    """The most memory that any one worker process held, in MB, looked at while it works."""

    def __init__(self, made: House) -> None:
        super().__init__(daemon=True)
        self.made = made
        self.most = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        """Look until told that it is over."""
        while not self.over.wait(0.2):
            for member in self.made.members():
                try:
                    status = Path(f"/proc/{member}/status").read_text()
                except OSError:
                    continue
                found = [line for line in status.splitlines() if line.startswith("VmHWM")]
                self.most = max(self.most, int(found[0].split()[1]) / 1024 if found else 0.0)


def bulk(number: int) -> dict[str, Any]:
    """So many mails as fast as they go, and an alarm for 200 in the middle of them."""
    with scene() as made:
        say(f"bench: preparing {number} people ...")
        message = made.tell("prepare", number)
        begun = time.perf_counter()
        queued = made.tell("enqueue", message, 0, number)
        enqueue = time.perf_counter() - begun
        say("bench: sending ...")
        memory = Memory(made)
        made.start_workers(PROCESSES)
        memory.start()
        made.wait_for_more_mail(30)
        time.sleep(1.0 if number >= 50_000 else 0.3)
        alarm, released = made.tell("alarm", 0, 200)
        made.wait_until_settled(number / 500 + 60)
        memory.over.set()
        memory.join()
        sent, urgent = times(made, message), times(made, alarm)
        seconds = made.tell("last_commit", message) - sent[0]
        copies = made.copies()
        balanced = made.tell("book", message)["ledger"]["balanced"]
    return {
        "messages": number,
        "queued_per_second": round(queued / enqueue),
        "messages_per_second": round((len(sent) + len(urgent)) / seconds),
        "seconds": round(seconds, 2),
        "lost": number - len(sent),
        "doubles": sum(copies.values()) - len(copies),
        "balanced": balanced,
        "connections": CONNECTIONS * PROCESSES,
        "worker_megabytes": round(memory.most, 1),
        "alarm": {
            "members": len(urgent),
            "while_bulk_ran": sent[-1] > urgent[-1],
            "first_member_seconds": round(urgent[0] - released, 3),
            "last_member_seconds": round(urgent[-1] - released, 3),
        },
    }


def slow_receiver() -> dict[str, Any]:
    """2,000 recipients, a receiver that answers after 20 ms, twenty connections; workers wait before the release."""
    with scene(delay=0.02, connections=10) as made:
        message = made.tell("prepare", 2001)
        made.start_workers(PROCESSES)
        made.tell("enqueue", message, 2000, 2001)
        made.wait_for_more_mail(30)
        made.wait_until_settled(30)
        released = time.time()
        made.tell("enqueue", message, 0, 2000)
        made.wait_until_settled(60)
        taken = [moment - released for moment in times(made, message) if moment > released]
    return {
        "recipients": len(taken),
        "first_message_seconds": round(taken[0], 3),
        "99_percent_seconds": round(taken[int(len(taken) * 0.99)], 2),
        "all_seconds": round(taken[-1], 2),
    }


def peers(number: int) -> dict[str, Any]:
    """What the peers reach on the same sink with the same words, in messages per second."""
    found = {}
    with scene() as made:
        port = made.environment["PLP_SMTP_URL"].rsplit(":", 1)[1]
        for name in ("mass", "post_office"):
            say(f"bench: peer {name} ...")
            before = made.log.stat().st_size
            ended = subprocess.run(
                [sys.executable, "-W", "ignore", "-m", "bench.peers", name, str(number), port],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
            assert made.log.stat().st_size > before, ended.stderr
            found[name] = round(number / float(ended.stdout.split()[-1]))
    return {"messages": number, "messages_per_second": found}


def measure(*, quick: bool) -> dict[str, Any]:
    """Everything, with floors and goals marked."""
    main = bulk(20_000 if quick else 100_000)
    slow = slow_receiver()
    others = peers(1000 if quick else 3000)
    figures = {
        "messages_per_second": main["messages_per_second"],
        "times_post_office": round(main["messages_per_second"] / others["messages_per_second"]["post_office"], 1),
        "alarm_last_member_seconds": main["alarm"]["last_member_seconds"],
        "first_message_seconds": slow["first_message_seconds"],
        "slow_receiver_99_percent_seconds": slow["99_percent_seconds"],
        "worker_megabytes": main["worker_megabytes"],
    }
    return {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.release()},
        "database": "postgresql" if os.environ.get("PLP_DATABASE_URL") else "sqlite",
        "quick": quick,
        "figures": {
            name: {
                "value": value,
                "floor": FLOORS[name],
                "goal": GOALS.get(name),
                "holds": value >= FLOORS[name] if name in HIGHER_IS_BETTER else value <= FLOORS[name],
            }
            for name, value in figures.items()
        },
        "bulk": main,
        "slow_receiver": slow,
        "peers": others,
    }


def main() -> int:
    """Measure, write, say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    report = measure(quick=options.quick)
    options.json.write_text(json.dumps(report, indent=1) + "\n")
    for name, figure in report["figures"].items():
        say(f"bench: {name:34} {figure['value']:>10} floor {figure['floor']} {'ok' if figure['holds'] else 'BELOW'}")
    for name, rate in report["peers"]["messages_per_second"].items():
        say(f"bench: peer {name:29} {rate:>10} messages per second")
    return int(not all(figure["holds"] for figure in report["figures"].values()))


if __name__ == "__main__":
    sys.exit(main())
