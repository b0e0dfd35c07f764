"""Known vulnerabilities of what is locked, asked by pip-audit; without a network it says so and fails nothing (G27)."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SECONDS = 300


@dataclass(frozen=True)
class Advice:
    """How many packages could be asked about, and what is known of them: "package version: id"."""

    asked: int
    known: tuple[str, ...]


def ask(lock: Path) -> Advice:
    """Ask the advisory service about every package of a lock file; ``asked`` 0: it could not be reached."""
    words = ["--disable-pip", "--require-hashes", "-r", str(lock), "-f", "json", "--progress-spinner", "off"]
    try:
        ended = subprocess.run(  # noqa: S603 - our own tool
            [sys.executable, "-m", "pip_audit", *words, "--timeout", "5"],
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        return read(json.loads(ended.stdout))
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return Advice(0, ())


def read(answer: dict) -> Advice:
    """What pip-audit answered, in JSON. A package that was skipped was not asked about."""
    asked = [one for one in answer["dependencies"] if "skip_reason" not in one]
    known = [f"{one['name']} {one['version']}: {hole['id']}" for one in asked for hole in one.get("vulns", [])]
    return Advice(len(asked), tuple(known))
