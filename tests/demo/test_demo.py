"""The demonstration: the whole journey, with real receivers, in one command."""

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.request import urlopen

import docx
import pypdf
import pytest

from plp.ops.environment import OWN_COMMAND, environment_with_throw_away_data_folder, repository_root
from tests.demo.task_walk import WALK
from tests.ops.raw_ledger import RawLedger
from tests.patience import PATIENCE, eventually


@pytest.mark.long
def test_the_journey_is_played_once_and_every_count_agrees(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    with environment_with_throw_away_data_folder() as environment:
        command = [*OWN_COMMAND, "demo", "--once", "--json", str(file)]
        ended = subprocess.run(
            command, env=environment, cwd=repository_root(), capture_output=True, text=True, check=False
        )

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
    with environment_with_throw_away_data_folder() as environment:
        command = [*OWN_COMMAND, "demo", "--json", "-"]
        ended = subprocess.run(
            command, env=environment, cwd=repository_root(), capture_output=True, text=True, check=False
        )

    assert ended.returncode == 1
    assert "--once" in ended.stderr


FILES = """
import pathlib, sys, django
django.setup()
from plp.evaluation.models import ReportFile
from plp.evaluation.queries.reports import report_file_bytes
for file in ReportFile.objects.filter(report__partnership__key="malmedy"):
    name = f"{file.kind}.{file.language}.{'pdf' if file.media == 'application/pdf' else 'docx'}"
    pathlib.Path(sys.argv[1], name).write_bytes(report_file_bytes(file))
"""


BUILT = """
import sys
from plp.ops import supervision
supervision.supervise_until_stopped = lambda commands: 0 if {"web", "worker"} <= set(commands) else 1
from plp.ops.cli import run
sys.exit(run(["demo"]))
"""


@pytest.mark.long
def test_the_demonstration_is_built_served_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    """Everything that a visitor finds; the report of Malmedy opens, and its figures are those of the bare tables.

    These are counted before a worker runs: it erases at once who left long ago, and the bare tables forget them.
    """
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with environment_with_throw_away_data_folder() as environment:
        home = environment | {"PLP_HOME": str(tmp_path / "home"), "PLP_PORT": str(port)}
        subprocess.run([sys.executable, "-c", BUILT], env=home, cwd=repository_root(), check=True)
        _holds_a_year(tmp_path / "home" / "plp.sqlite3")
        words, page, ended = _served(home, tmp_path / "said", port)
        files = home | {"DJANGO_SETTINGS_MODULE": "plp.server.settings"}
        walked = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", WALK, "150"],
            env=files,
            cwd=repository_root(),
            check=True,
            capture_output=True,
            text=True,
        )
        subprocess.run([sys.executable, "-c", FILES, str(tmp_path)], env=files, cwd=repository_root(), check=True)

    compared, full = map(int, walked.stdout.split())
    assert compared > 100
    assert full > 50
    identities = json.loads((tmp_path / "home" / "demo.json").read_text(encoding="utf-8"))
    assert "Ctrl-C stops everything" in words
    assert all(one["email"] in page for one in identities)
    assert {one["role"] for one in identities} >= {"chief", "officer", "municipality", "coordinator", "deputy"}
    assert ended in {0, 130}
    assert {file.suffix for file in tmp_path.glob("frozen.*")} == {".pdf", ".docx"}
    for file in tmp_path.glob("*.pdf"):
        assert len(pypdf.PdfReader(file).pages) > 1
    for file in tmp_path.glob("*.docx"):
        assert len(docx.Document(str(file)).tables) > 1


def _served(home: dict[str, str], said: Path, port: int) -> tuple[str, str, int]:
    """What the command says, the page with the sign-ins, and with which code it ends after Ctrl-C."""
    with said.open("wb") as told:
        served = subprocess.Popen([*OWN_COMMAND, "demo"], env=home, cwd=repository_root(), stderr=told, stdout=told)
        try:
            eventually(lambda: served.poll() is not None or b" is open" in said.read_bytes(), pause=0.2)
            page = _page(port)
        finally:
            served.send_signal(signal.SIGINT)
            ended = served.wait(timeout=PATIENCE)
    return said.read_text(encoding="utf-8"), page, ended


def _page(port: int) -> str:
    """The page with the sign-ins; its server answers within a moment of saying that it is open."""
    for _moment in range(3_000):
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/demo/", timeout=PATIENCE) as answer:
            return str(answer.read().decode())
        time.sleep(0.2)
    return ""


def _holds_a_year(file: Path) -> None:
    """Messages of many kinds, feedback in time and late, a refusal, a cover, a meeting, a survey; figures that hold."""
    with closing(sqlite3.connect(file)) as base:
        for key in ("haren", "lembeek", "malmedy"):
            ledger = RawLedger(base, key)
            counted, told = ledger.all(), json.loads(ledger.figures)
            assert {name: told[name] for name in counted} == counted
            assert ledger.state == "filed"
            assert len(counted["by_kind"]) > 5
            named = ("feedback_in_time", "feedback_late", "requests_refused", "requests_answered", "meetings")
            assert min(counted[name] for name in (*named, "members_out", "urgent_night")) > 0
        covers, surveys = (
            base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("mandates_absence", "evaluation_survey")
        )
        assert (covers, surveys) == (4, 4)
