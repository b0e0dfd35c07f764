"""A copy of this process: its exit code is waited for, and what it raises stays in it; a socket handed to us."""

import os
import time

import pytest

from plp.ops.forked_process import ForkedProcess
from plp.ops.socket_activation import inherited_socket_descriptor
from tests.patience import PATIENCE


def test_its_exit_code_is_waited_for_once() -> None:
    fork = ForkedProcess(lambda: 3)

    assert (fork.wait(PATIENCE), fork.wait(PATIENCE), fork.poll()) == (3, 3, 3)


def test_it_is_not_waited_for_longer_than_asked() -> None:
    fork = ForkedProcess(lambda: time.sleep(60) or 0)

    with pytest.raises(TimeoutError):
        fork.wait(0.05)
    os.kill(fork.pid, 9)
    assert fork.wait(PATIENCE) == -9


@pytest.mark.parametrize(("process", "number", "found"), [("own", "1", 3), ("own", "0", None), ("1", "1", None)])
def test_a_socket_is_ours_when_it_was_handed_to_this_very_process(
    monkeypatch: pytest.MonkeyPatch, process: str, number: str, found: int | None
) -> None:
    monkeypatch.setenv("LISTEN_PID", str(os.getpid()) if process == "own" else process)
    monkeypatch.setenv("LISTEN_FDS", number)

    assert inherited_socket_descriptor() == found
