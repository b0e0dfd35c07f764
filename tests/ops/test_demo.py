"""The demonstration: the whole journey, with real receivers, in one command."""

import json
import signal
import socket
import subprocess
import time
from pathlib import Path

from plp.ops.house import OWN_COMMAND, checkout, clean_environment


def test_the_journey_is_played_once_and_every_count_agrees(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    with clean_environment() as environment:
        command = [*OWN_COMMAND, "demo", "--once", "--json", str(file)]
        ended = subprocess.run(command, env=environment, cwd=checkout(), capture_output=True, text=True, check=False)

    report = json.loads(file.read_text(encoding="utf-8"))
    assert [step for step in report["steps"] if not step["ok"]] == []
    assert ended.returncode == 0, ended.stderr
    assert [(one["key"], one["nis"], one["addresses"]) for one in report["quarters"]] == [
        ("haren", "21004", 2492),
        ("lembeek", "23027", 3446),
        ("malmedy", "63049", 5941),
        ("malmedy-commerces", "63049", 213),
    ]
    assert all(40 <= one["members"] <= 200 for one in report["quarters"])
    assert report["ledger"]["disagreements"] == 0
    assert report["ledger"]["recipients"] == sum(one["audience"] for one in report["messages"])
    assert all(sum(one["by_state"].values()) == one["audience"] for one in report["messages"])
    alarms = [one for one in report["messages"] if one["kind"] == "alarm"]
    assert [one["audience"] for one in alarms] == [one["members"] for one in report["quarters"]]
    assert min(report["receivers"].values()) > 0


def test_json_without_once_is_a_usage_error() -> None:
    with clean_environment() as environment:
        command = [*OWN_COMMAND, "demo", "--json", "-"]
        ended = subprocess.run(command, env=environment, cwd=checkout(), capture_output=True, text=True, check=False)

    assert (ended.returncode, "--once" in ended.stderr) == (1, True)


def test_the_demonstration_is_built_served_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    """Everything that a visitor finds: partnerships, one under way, ideas, reports, a signed evaluation."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = str(found.getsockname()[1])
    with clean_environment() as environment, (tmp_path / "said").open("wb") as said:
        home = environment | {"PLP_HOME": str(tmp_path / "home"), "PLP_PORT": port}
        served = subprocess.Popen([*OWN_COMMAND, "demo"], env=home, cwd=checkout(), stderr=said, stdout=said)
        try:
            for _second in range(240):
                if served.poll() is not None or b"Ctrl-C stops everything" in (tmp_path / "said").read_bytes():
                    break
                time.sleep(1)
            words = (tmp_path / "said").read_text(encoding="utf-8")
            identities = json.loads((tmp_path / "home" / "demo.json").read_text(encoding="utf-8"))
        finally:
            served.send_signal(signal.SIGINT)
            ended = served.wait(timeout=60)

    assert "Ctrl-C stops everything" in words
    assert {one["role"] for one in identities} >= {"chief", "officer", "municipality", "coordinator", "deputy"}
    assert ended in {0, 130}
