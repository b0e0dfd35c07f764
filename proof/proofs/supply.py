"""What we are built from, and secrets: hashes, two builds, the history, and starts with missing or weak keys."""

import base64
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from plp.ops.release.commit import Commit
from plp.ops.supply import locks, secrets_in_history, wheels
from plp.ops.supply.bill_of_materials import bill_of_materials
from proof.harness.system import ROOT
from proof.result import Figure, ProofRequest, ProofResult, print_progress

KEYS = ("PLP_SECRET_KEY", "PLP_FIELD_KEY", "PLP_PUSH_KEY")
WEAK = {
    "empty": b"",
    "short": base64.b64encode(bytes(range(16))),
    "zeros": base64.b64encode(bytes(64)),
    "repeated": base64.b64encode(b"plp!" * 16),
    "a word": b"correct horse battery staple",
    "not base64": b"\xff\xfe" * 40,
    "a line of text": b"changeme changeme changeme changeme changeme changeme",
}
BOUNDS = (
    "known vulnerabilities are asked of an advisory service by `./plp check --audit`, which a proof does not: nothing "
    "here leaves the machine."
)


def prove(ask: ProofRequest) -> ProofResult:
    """Start with each weak key; take a hash out; look through the history; build twice."""
    wanted = list(_weak_secret_cases())
    starts = wanted[:: ask.number_for_size(trial=6, quick=2, full=1)]
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as folder:
        let_in = [
            name
            for number, (name, files, more) in enumerate(starts)
            if _are_settings_accepted(Path(folder, str(number)), files, more)
        ]
        print_progress(f"{len(starts)} starts")
        unfound = _count_unnoticed_missing_hashes(Path(folder), ask.number_for_size(trial=5, quick=40, full=100_000))
    figures = [
        Figure("starts with a missing or weak secret that succeeded", len(let_in), floor=0, goal=0),
        Figure("lines of the lock files without version or hash", _count_lock_file_faults(), floor=0, goal=0),
        Figure("hashes taken out and not noticed", unfound, floor=0, goal=0),
        Figure(
            "packages of the list of parts that the lock does not hold",
            _count_packages_missing_from_bom(),
            floor=0,
            goal=0,
        ),
    ]
    if ask.number_for_size(trial=0, quick=1, full=1):
        figures += [
            Figure(
                "secrets in the history", len(secrets_in_history.secrets_found_in_git_history(ROOT)), floor=0, goal=0
            ),
            Figure("differences of two builds", len(wheels.differences_of_two_wheel_builds(ROOT)), floor=0, goal=0),
        ]
    return ProofResult(len(starts), "starts with a secret that nobody drew by chance", tuple(figures), BOUNDS)


def _weak_secret_cases() -> Iterator[tuple[str, dict[str, bytes], dict[str, str]]]:
    """A name, the secrets that are there, and other settings; each must be refused."""
    yield "the key of a database is missing", {"../plp.sqlite3": b"SQLite format 3\0"}, {}
    yield "demonstration in public", {}, {"PLP_DEMO": "1", "PLP_ORIGIN": "https://plp.example.be"}
    yield "no encryption in public", {}, {"PLP_ORIGIN": "http://plp.example.be"}
    for name in KEYS:
        for words, content in WEAK.items():
            yield f"{name} is {words}", {name.removeprefix("PLP_").lower(): content}, {}


def _are_settings_accepted(home: Path, files: dict[str, bytes], more: dict[str, str]) -> bool:
    """Whether the settings are taken with these secrets in an otherwise empty data folder."""
    (home / "secrets").mkdir(parents=True)
    for name, content in files.items():
        (home / "secrets" / name).resolve().write_bytes(content)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLP_")}
    ended = subprocess.run(
        [sys.executable, "-c", "import plp.server.settings"],
        cwd=ROOT,
        env=kept | {"PLP_HOME": str(home)} | more,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return not (ended.returncode and b"ImproperlyConfigured" in ended.stderr)


def _count_lock_file_faults() -> int:
    return sum(len(locks.faults_of_lock_file(lock)) for lock in ROOT.glob("*.lock"))


def _count_unnoticed_missing_hashes(folder: Path, most: int) -> int:
    """Take the hashes of one package after the other away; how often nobody noticed."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    names = [number for number, line in enumerate(lines) if "==" in line][:most]
    copy, unfound = folder / "some.lock", 0
    for number in names:
        end = next((later for later in range(number + 1, len(lines)) if "==" in lines[later]), len(lines))
        copy.write_text("\n".join([*lines[: number + 1], *lines[end:]]), encoding="utf-8")
        unfound += not locks.faults_of_lock_file(copy)
    return unfound


def _count_packages_missing_from_bom() -> int:
    """Packages of the lock file that the list of parts does not name with their version."""
    listed = bill_of_materials(
        ROOT / "requirements.lock", Commit("0" * 40, 0, "0.0.0")
    )  # where there is no history, too
    return sum(
        f'"{one.name}@{one.version}"' not in listed for one in locks.packages_of_lock_file(ROOT / "requirements.lock")
    )
