"""The command ``./plp check-text``."""

import json
import subprocess
import sys

import pytest

from plp.wording.check import rule_advice
from tests.patience import PATIENCE


def run(text: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "plp.ops.cli", "check-text", *arguments]
    return subprocess.run(command, input=text, capture_output=True, timeout=PATIENCE, check=False)


def test_findings_are_json_on_standard_output() -> None:
    ended = run("Hé ! Appelez-moi au 0475 12 34 56".encode(), "--lang", "fr", "--kind", "alarm")

    assert ended.returncode == 0
    assert json.loads(ended.stdout) == {
        "verdict": "hold",
        "findings": [
            {
                "rule": "phone_number",
                "start": 20,
                "end": 33,
                "excerpt": "0475 12 34 56",
                "advice": rule_advice("phone_number", "fr"),
            }
        ],
    }


@pytest.mark.parametrize(
    "arguments", [("--lang", "es", "--kind", "alarm"), ("--lang", "fr", "--kind", "gossip"), ("--lang", "fr")]
)
def test_a_wrong_use_ends_with_2_and_prints_no_data(arguments: tuple[str, ...]) -> None:
    ended = run(b"Bonjour", *arguments)

    assert (ended.returncode, ended.stdout) == (2, b"")


def test_a_text_that_is_not_utf_8_ends_with_1_and_a_sentence() -> None:
    ended = run("Été".encode("latin-1"), "--lang", "fr", "--kind", "alarm")

    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.decode().strip() == "The text on standard input is not UTF-8: save it as UTF-8 and try again."
