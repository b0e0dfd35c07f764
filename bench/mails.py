"""The full path: row in the outbox, personalised mail, SMTP sink in another process, committed result (design, 16).

One message is in flight per connection.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.stage import PROCESSES, SystemUnderTest, sandbox, say

FEW = 50_000  # from here on the alarm comes later, when everything is in full swing


class Memory(threading.Thread):
    """The most memory that any one worker process held, in MB, looked at while it works."""

    def __init__(self, made: SystemUnderTest) -> None:
        super().__init__(daemon=True)
        self.made = made
        self.most = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        """Look until told that it is over."""
        while not self.over.wait(0.2):
            for member in self.made.worker_process_ids():
                try:
                    status = Path(f"/proc/{member}/status").read_text()
                except OSError:
                    continue
                found = [line for line in status.splitlines() if line.startswith("VmHWM")]
                self.most = max(self.most, int(found[0].split()[1]) / 1024 if found else 0.0)


@dataclass(frozen=True)
class Bulk:
    """So many mails as fast as they go, and an alarm for 200 in the middle of them."""

    messages: int
    queueing: float  # seconds to write the rows
    seconds: float  # from the first mail at the sink to the last result in the database
    rate: float  # messages per second
    lost: int
    doubles: int
    balanced: bool
    megabytes: float  # the most that one worker process held
    alarm_first: float  # seconds from the commit of the release to the sink
    alarm_last: float
    alarm_while_bulk: bool


def times(made: SystemUnderTest, message: str) -> list[float]:
    """When the receiver took each copy of a message."""
    name = message.replace("-", "")
    with made.log.open() as lines:
        return sorted(float(line.partition(" ")[0]) for line in lines if name in line)


@contextmanager
def filled(number: int, database: str = "") -> Iterator[tuple[SystemUnderTest, str]]:
    """A house with ``number`` people and a message for them that is not queued yet."""
    with sandbox(database) as made:
        say(f"preparing {number:,} people ...")
        message = made.call_procedure("create_people_and_message", number)
        os.sync()  # no zone makes so many people in the second before: the disk has done with them
        yield made, message


def bulk(number: int, database: str = "") -> Bulk:
    """Send to ``number`` people."""
    with filled(number, database) as (made, message):
        return send(made, message, number)


def send(made: SystemUnderTest, message: str, number: int) -> Bulk:
    """Send to all people of the house."""
    begun = time.perf_counter()
    made.call_procedure("queue_for_people_in_range", message, 0, number)
    queueing = time.perf_counter() - begun
    say(f"sending {number:,} ...")
    memory = Memory(made)
    made.start_workers(PROCESSES)
    memory.start()
    made.wait_for_more_mail(60)
    time.sleep(1.0 if number >= FEW else 0.3)
    alarm, released = made.call_procedure("queue_alarm_for_people_in_range", 0, 200)
    made.wait_until_no_dispatch_waits(number / 300 + 120)
    memory.over.set()
    memory.join()
    made.stop_workers_with_exit_code()
    sent, urgent = times(made, message), times(made, alarm)
    seconds = made.call_procedure("timestamp_of_last_outcome", message) - sent[0]
    copies = made.count_received_copies()
    return Bulk(
        messages=number,
        queueing=queueing,
        seconds=seconds,
        rate=(len(sent) + len(urgent)) / seconds,
        lost=number - len(sent),
        doubles=sum(copies.values()) - len(copies),
        balanced=made.call_procedure("is_ledger_balanced", message),
        megabytes=memory.most,
        alarm_first=urgent[0] - released,
        alarm_last=urgent[-1] - released,
        alarm_while_bulk=sent[-1] > urgent[-1],
    )


def send_again(made: SystemUnderTest, number: int) -> float:
    """One more message for ``number`` people of the house: mails a second, for the comparison with the peers."""
    message = made.call_procedure("queue_another_message", number)
    made.start_workers(PROCESSES)
    made.wait_until_no_dispatch_waits(number / 300 + 120)
    made.stop_workers_with_exit_code()
    sent = times(made, message)
    return len(sent) / (made.call_procedure("timestamp_of_last_outcome", message) - sent[0])


def slow_receiver(recipients: int, database: str = "") -> list[float]:
    """Seconds from the release to the receiver, sorted: it answers after 20 ms; twenty connections wait for work."""
    with sandbox(database, delay=0.02, connections=10) as made:
        message = made.call_procedure("create_people_and_message", recipients + 1)
        made.start_workers(PROCESSES)
        made.call_procedure("queue_for_people_in_range", message, recipients, recipients + 1)
        made.wait_for_more_mail(60)
        made.wait_until_no_dispatch_waits(60)
        time.sleep(1.0)  # they sleep when the release comes
        released = time.time()
        made.call_procedure("queue_for_people_in_range", message, 0, recipients)
        made.wait_until_no_dispatch_waits(recipients / 30 + 60)
        return [moment - released for moment in times(made, message) if moment > released]
