"""The wheel, built twice in two places: both must be the same to the byte (T48, G27)."""

import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from plp.ops.cli import Failed


def build(root: Path, into: Path, *, folder: str, commit: str) -> str:
    """Build the wheel of a commit from a fresh copy called ``folder``; its SHA-256. Raises ``Failed``."""
    copy = into / folder
    archive = subprocess.run(  # noqa: S603 - our own words
        ["git", "archive", "--format=tar", commit],  # noqa: S607 - the git of whoever checks
        cwd=root,
        capture_output=True,
        check=True,
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as whole:
        whole.extractall(copy, filter="data")
    ended = subprocess.run(  # noqa: S603 - our own tool
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(copy / "dist")],
        cwd=copy,
        env={**os.environ, "SOURCE_DATE_EPOCH": _git(root, "log", "-1", "--format=%ct", commit)},
        capture_output=True,
        text=True,
        check=False,
    )
    made = list((copy / "dist").glob("*.whl"))
    if ended.returncode or len(made) != 1:
        raise Failed(f"The wheel was not built: {ended.stderr.strip()[-300:]}")
    return hashlib.sha256(made[0].read_bytes()).hexdigest()


def _git(root: Path, *words: str) -> str:
    """What git answers in one line: the key of a commit, or its time, which is that of everything in the wheel."""
    told = subprocess.run(  # noqa: S603 - our own words
        ["git", *words],  # noqa: S607 - the git of whoever checks
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


def faults(root: Path) -> list[str]:
    """Nothing if two builds in two places are the same."""
    with tempfile.TemporaryDirectory(prefix="plp-wheel-") as name:
        commit = _git(root, "rev-parse", "HEAD")
        first, second = (build(root, Path(name), folder=one, commit=commit) for one in ("one", "another-place"))
    return [] if first == second else [f"Two builds differ: {first} and {second}."]
