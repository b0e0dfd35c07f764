"""Known vulnerabilities of what is locked, asked by pip-audit; without a network it says so and fails nothing (G27)."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SECONDS = 300


@dataclass(frozen=True)
class KnownVulnerabilities:
    """How many packages could be asked about, and what is known of them: "package version: id"."""

    asked_packages: int
    vulnerabilities: tuple[str, ...]


def ask_vulnerabilities_of_locked_packages(lock: Path) -> KnownVulnerabilities:
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
        return parse_audit(json.loads(ended.stdout))
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return KnownVulnerabilities(0, ())


def parse_audit(answer: dict) -> KnownVulnerabilities:
    """What pip-audit answered, in JSON. A package that was skipped was not asked about."""
    dependencies = [dependency for dependency in answer["dependencies"] if "skip_reason" not in dependency]
    vulnerabilities = [
        f"{dependency['name']} {dependency['version']}: {hole['id']}"
        for dependency in dependencies
        for hole in dependency.get("vulns", [])
    ]
    return KnownVulnerabilities(len(dependencies), tuple(vulnerabilities))
