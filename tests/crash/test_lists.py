"""A list brought in, killed by signal 9 in the middle; lists taken out by four at the same moment (R48, T12, T27)."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from proof.harness.system import ROOT, fresh_database

pytestmark = pytest.mark.crash
DATABASE = os.environ.get("PLP_DATABASE_URL", "")
ROWS = 1_100  # written in more than one set
START = "import django; django.setup(); from tests.crash.lists import obey; obey()"


def _runner(folder: Path, database: str) -> Callable[..., subprocess.Popen[str]]:
    """How a process is started that has its database in ``folder`` or at ``database``."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLP_")}
    environment |= {"PLP_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "plp.server.settings"}
    environment |= {"PLP_DATABASE_URL": database} if database else {}

    def run(*order: str) -> subprocess.Popen[str]:
        words = [sys.executable, "-c", START, *order]
        pipe = subprocess.PIPE
        return subprocess.Popen(words, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)

    return run


def _answer(process: subprocess.Popen[str]) -> Any:
    said, _errors = process.communicate()
    assert process.returncode == 0
    return json.loads(said.splitlines()[-1])


def _letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))


def test_an_import_that_is_killed_leaves_nothing_and_exports_at_once_are_all_logged(tmp_path: Path) -> None:
    """Killed when all people are written and their letters queued, just before the end."""
    rows = (
        f"Ada {_letters(number)};Rue de Verdun;{number % 900 + 1};04{75_000_000 + number};a{number}@x.test;fr"
        for number in range(ROWS)
    )
    file = tmp_path / "list.csv"
    file.write_text("\n".join(["Nom;Rue;N°;GSM;Courriel;Langue", *rows]), encoding="utf-8")
    with fresh_database(DATABASE) as url:
        run = _runner(tmp_path, url)
        before = _answer(run("prepare", str(file)))
        child = run("bring_in")
        assert child.stdout
        assert child.stdout.readline() == "told\n"
        child.kill()
        child.communicate()
        after = _answer(run("state"))

        waiting = [run("take_out") for _one in range(4)]
        for one in waiting:
            assert one.stdout
            assert one.stdout.readline() == "ready\n"
        for one in waiting:
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()
        answers = sorted(_answer(one)["refused"] for one in waiting)
        taken = _answer(run("exports"))

    assert child.returncode == -9
    assert after == before
    assert (after["listed"], after["sound"], after["Membership"]) == ("draft", True, 3)
    assert answers == ["", "", "", "EnoughToday"]
    assert taken == [[1, 2, 3], 3]
