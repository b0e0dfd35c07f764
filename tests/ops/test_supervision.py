"""Keeping processes alive, with real ones. Their start and stop is what is measured: a second or so each."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plp.ops import supervision
from plp.ops.supervision import SupervisedProcess, stop_all_after_grace
from tests.patience import PATIENCE, eventually

# Writes its number to a file and those of the one it starts itself, then waits.
PARENT = """
import os, pathlib, subprocess, sys, time
inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open(sys.argv[1], "a") as file:
    print(os.getpid(), inner.pid, file=file, flush=True)
time.sleep(60)
"""


def starts(log: Path) -> list[tuple[int, int]]:
    """The pairs of process numbers written so far."""
    rows = log.read_text().splitlines() if log.exists() else []
    return [(int(row.split()[0]), int(row.split()[1])) for row in rows if row.count(" ") == 1]


def lives(number: int) -> bool:
    """Whether a process runs; one that has ended and waits to be buried does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signals of this process stay as they are."""
    monkeypatch.setattr(supervision.signal, "signal", lambda *_: None)


def test_what_fails_is_started_again_and_leaves_nothing_behind(tmp_path: Path, quick: None) -> None:
    log = tmp_path / "starts"
    child = SupervisedProcess("web", [sys.executable, "-c", PARENT, str(log)])

    child.start_if_due_or_note_end(0.0)
    assert eventually(lambda: starts(log))
    first, inner = starts(log)[0]
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: child.process is not None and child.process.poll() is not None)
    child.start_if_due_or_note_end(1.0)
    child.start_if_due_or_note_end(1.5)
    assert child.process is None
    child.start_if_due_or_note_end(2.1)
    assert eventually(lambda: len(starts(log)) == 2)
    stop_all_after_grace([child], grace=5)

    assert eventually(lambda: not any(lives(number) for pair in starts(log) for number in pair))
    assert inner != first


def test_patience_grows_and_is_forgotten_after_a_steady_life(quick: None) -> None:
    child = SupervisedProcess("web", [sys.executable, "-c", "raise SystemExit(3)"])
    waits, now = [], 0.0

    for life in (0.0, 0.0, 0.0, 100.0):
        child.start_if_due_or_note_end(now)
        process = child.process
        assert process is not None
        process.wait()
        child.start_if_due_or_note_end(now + life)
        waits.append(child.due - now - life)
        now = child.due

    assert waits == [1.0, 2.0, 4.0, 1.0]


def test_one_that_does_not_listen_is_ended(quick: None, tmp_path: Path) -> None:
    log = tmp_path / "ready"
    deaf = "import signal, sys, time; signal.signal(15, signal.SIG_IGN); open(sys.argv[1], 'w').close(); time.sleep(60)"
    child = SupervisedProcess("deaf", [sys.executable, "-c", deaf, str(log)])
    child.start_if_due_or_note_end(0.0)
    assert eventually(log.exists)

    stop_all_after_grace([child], grace=0.3)

    assert child.process is not None
    assert child.process.wait(PATIENCE) == -signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_when_we_go_they_go(number: signal.Signals, tmp_path: Path) -> None:
    log = tmp_path / "starts"
    command = [sys.executable, "-c", PARENT, str(log)]
    code = f"from plp.ops.supervision import supervise_until_stopped; supervise_until_stopped({{'web': {command!r}}})"
    us = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    assert eventually(lambda: starts(log))

    us.send_signal(number)
    code_of_exit = us.wait(PATIENCE)

    assert code_of_exit == (0 if number != signal.SIGKILL else -signal.SIGKILL)
    assert eventually(lambda: not lives(starts(log)[0][0]))


SIGNALLED_AMID_A_START = """
import os, signal, subprocess, sys
from plp.ops import supervision

class Interrupted(subprocess.Popen):
    def __init__(self, *command, **settings):
        super().__init__(*command, **settings)
        os.kill(os.getpid(), signal.SIGINT)

supervision.subprocess.Popen = Interrupted
supervision.supervise_until_stopped({"web": [sys.executable, "-c", sys.argv[1], sys.argv[2]]})
with open(sys.argv[2] + ".over", "w"):
    input()
"""


def test_a_signal_amid_a_start_leaves_no_orphan(tmp_path: Path) -> None:
    log = tmp_path / "starts"
    command = [sys.executable, "-c", SIGNALLED_AMID_A_START, PARENT, str(log)]
    us = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert eventually((tmp_path / "starts.over").exists)
    for _moment in range(50):  # an orphan would write its numbers, and live for a minute
        time.sleep(0.02)
    gone = eventually(lambda: not any(lives(number) for pair in starts(log) for number in pair))
    us.communicate(b"\n", timeout=PATIENCE)

    assert gone is True
    assert us.returncode == 0


def test_a_function_runs_in_a_copy_of_this_process_and_is_stopped_like_a_command(quick: None, tmp_path: Path) -> None:
    def serve() -> int:
        (tmp_path / "ready").touch()
        time.sleep(60)
        return 0

    children = [SupervisedProcess("web", serve), SupervisedProcess("worker", lambda: 3)]
    for child in children:
        child.start_if_due_or_note_end(0.0)
    assert eventually((tmp_path / "ready").exists)
    assert eventually(lambda: children[1].process is not None and children[1].process.poll() == 3)
    stop_all_after_grace(children, grace=5)

    assert [child.process and child.process.poll() for child in children] == [-signal.SIGTERM, 3]


def test_what_never_started_gets_no_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(supervision.os, "killpg", lambda _group, number: sent.append(number))

    SupervisedProcess("web", ["true"]).signal(signal.SIGTERM)

    assert sent == []


def test_where_there_is_no_linux_nothing_is_asked_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "LIBC", None)
    child = SupervisedProcess("web", ["true"])

    child.start(0.0)

    assert child.process is not None
    assert child.process.wait(PATIENCE) == 0
