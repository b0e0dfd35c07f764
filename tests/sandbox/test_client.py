"""Whatever happens to the process that reads a file, whoever asked goes on, with a sentence (T30)."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from plp.sandbox import client, limits, messages, process
from plp.sandbox.client import Pool, parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.refusals import NotReadNow, TooHeavy
from tests.guards.tree import ROOT

PROGRAM = f"import sys; sys.path[:0] = [sys.argv[1], {str(ROOT)!r}]; from tests.sandbox.harmful import serve; serve()"
LIST = b"Nom;GSM\nAda;0475123456\n"


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    """A pool whose processes have harmful parsers too."""
    monkeypatch.setattr(process, "PROGRAM", PROGRAM)
    pool = Pool()
    monkeypatch.setattr(client, "POOL", pool)
    yield pool
    pool.end_idle()


def is_alive(pid: int) -> bool:
    """Whether a process runs (one that has ended and waits for its parent does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until_ended(pid: int) -> None:
    """Wait for the end of a process; the time-out of the tests ends a wait for ever."""
    while is_alive(pid):
        time.sleep(0.02)


@pytest.mark.parametrize("parser", ["memory", "end", "spin", "sleep", "flood"])
def test_a_file_that_costs_too_much_is_refused_and_the_next_one_is_read(pool: Pool, parser: str) -> None:
    with pytest.raises(TooHeavy):
        parse_in_sandbox(f"harmful:{parser}", b"")

    (reader,) = pool.idle
    assert parse_in_sandbox("tables:read_rows", LIST, most_rows=9)["lines"] == [
        [1, ["Nom", "GSM"]],
        [2, ["Ada", "0475123456"]],
    ]
    assert pool.idle == [reader]


def test_a_failure_that_nobody_foresaw_is_a_rejection(pool: Pool) -> None:
    with pytest.raises(Rejected, match="unreadable"):
        parse_in_sandbox("harmful:fail", b"")

    assert len(pool.idle) == 1


def test_an_unknown_parser_is_not_called(pool: Pool) -> None:
    with pytest.raises(NotReadNow):
        parse_in_sandbox("os:abort", b"")


def test_the_reader_knows_nothing_of_us_and_can_change_nothing(
    pool: Pool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLP_FIELD_KEY", "secret")

    seen = parse_in_sandbox("harmful:around", str(tmp_path / "new").encode())

    assert seen == {
        "environment": ["LC_ALL", "MALLOC_ARENA_MAX"],
        "files": ["pipe"],
        "reads": False,
        "signals": False,
        "writes": False,
        "limits": [[most, most] for most in (limits.MEMORY, limits.SECONDS, 0, 0, 0)],
        "pid": pool.idle[0].child.pid,
    }


def test_the_reader_reaches_no_network_where_the_system_takes_it_away(pool: Pool) -> None:
    probe = "import os; os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)"
    may = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False).returncode == 0
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1]).encode()

        assert parse_in_sandbox("harmful:network", port) is not may


def test_a_reader_that_was_killed_is_replaced(pool: Pool) -> None:
    parse_in_sandbox("tables:read_rows", LIST, most_rows=9)
    first = pool.idle[0].child.pid

    os.kill(first, signal.SIGKILL)

    assert len(parse_in_sandbox("tables:read_rows", LIST, most_rows=9)["lines"]) == 2
    assert pool.idle[0].child.pid != first


def test_a_reader_without_work_ends_and_another_one_takes_its_place(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = "from plp.sandbox import limits; limits.IDLE = 0.05; from plp.sandbox.server import main; main()"
    monkeypatch.setattr(process, "PROGRAM", f"import sys; sys.path.insert(0, sys.argv[1]); {hasty}")
    parse_in_sandbox("tables:read_rows", LIST, most_rows=9)
    first = pool.idle[0].child.pid

    until_ended(first)

    assert len(parse_in_sandbox("tables:read_rows", LIST, most_rows=9)["lines"]) == 2
    assert pool.idle[0].child.pid != first


def test_a_reader_ends_with_the_process_that_started_it() -> None:
    program = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'plp.server.settings'; "
        "from plp.sandbox.client import POOL, parse_in_sandbox as parse; "
        "parse('tables:read_rows', b'a;b', most_rows=9); print(POOL.idle[0].child.pid, flush=True); input()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=-1, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        reader = int(parent.stdout.readline())
        assert is_alive(reader)

        parent.kill()

    until_ended(reader)


def test_a_copy_of_this_process_leaves_the_readers_to_it(pool: Pool) -> None:
    parse_in_sandbox("tables:read_rows", LIST, most_rows=9)
    reader = pool.idle[0].child

    pool.reset_after_fork()

    assert pool.idle == []
    until_ended(reader.pid)
    assert reader.wait() == 0


def test_when_too_many_are_read_at_once_the_others_are_asked_to_come_back(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LONG_WAIT", 0.01)
    for _place in range(client.AT_ONCE):
        pool.turns.acquire()
    with pytest.raises(NotReadNow):
        parse_in_sandbox("tables:read_rows", LIST, most_rows=9)
    monkeypatch.setattr(client, "LONG_WAIT", 1_000.0)
    monkeypatch.setattr(client, "SHORT_WAIT", 0.01)
    pool.waiting = client.MOST_WAITING
    with pytest.raises(NotReadNow):
        parse_in_sandbox("tables:read_rows", LIST, most_rows=9)

    pool.turns.release()

    assert len(parse_in_sandbox("tables:read_rows", LIST, most_rows=9)["lines"]) == 2


def test_where_no_process_starts_files_are_taken_later(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PROGRAM", "raise SystemExit(1)")
    with pytest.raises(NotReadNow):
        parse_in_sandbox("tables:read_rows", LIST, most_rows=9)

    monkeypatch.setattr(process, "_interpreter_path", lambda: "/nowhere/python")
    with pytest.raises(NotReadNow):
        parse_in_sandbox("tables:read_rows", LIST, most_rows=9)


def test_more_than_may_be_handed_over_is_refused_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REQUEST", 10)

    with pytest.raises(TooHeavy):
        parse_in_sandbox("tables:read_rows", bytes(11), most_rows=9)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x02{}",
        messages.pack_message({"outcome": "json"}, [b"x" * 99]),
        b"\x00\x00\x00\x0e" + b'{"sizes":[-1]}',
        b"\x00\x00\x80\x00" + b"[" * 0x8000,
    ],
)
def test_what_breaks_the_rules_of_the_wire_is_not_taken(said: bytes) -> None:
    reading, writing = os.pipe()
    os.write(writing, said)
    os.close(writing)

    with pytest.raises(messages.ConnectionBroken):
        messages.read_message_from_file(reading, most_bytes=50)
    os.close(reading)


def test_an_answer_that_breaks_its_reader_is_too_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = {"outcome": "json"}, [b"[" * 200_000]
    monkeypatch.setattr(Pool, "ask", lambda *_: deep)

    with pytest.raises(TooHeavy):
        parse_in_sandbox("tables:read_rows", LIST, most_rows=9)
