"""The wheel, built twice in two places: both must be the same to the byte (T48, G27)."""

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from plp.ops.cli import Failed
from plp.ops.release.archive import source_tar_of_commit
from plp.ops.release.checksums import sha256_of
from plp.ops.release.commit import Commit, last_commit


def build_wheel(root: Path, into: Path, *, folder: str, commit: Commit) -> Path:
    """Build the wheel of a commit from a fresh copy in ``into``, called ``folder``; its file. Raises ``Failed``."""
    with tarfile.open(fileobj=io.BytesIO(source_tar_of_commit(root, commit))) as source:
        source.extractall(into / folder, filter="data")
    copy = into / folder / commit.release_file_stem
    ended = subprocess.run(  # noqa: S603 - our own tool
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(copy / "dist")],
        cwd=copy,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(commit.at)},  # the time of everything in the wheel
        capture_output=True,
        text=True,
        check=False,
    )
    wheel_files = list((copy / "dist").glob("*.whl"))
    if ended.returncode or len(wheel_files) != 1:
        raise Failed(f"The wheel was not built: {ended.stderr.strip()[-300:]}")
    return wheel_files[0]


def differences_of_two_wheel_builds(root: Path) -> list[str]:
    """Nothing if two builds in two places are the same."""
    with tempfile.TemporaryDirectory(prefix="plp-wheel-") as name:
        commit = last_commit(root)
        first, second = (
            sha256_of(build_wheel(root, Path(name), folder=place, commit=commit)) for place in ("one", "another-place")
        )
    return [] if first == second else [f"Two builds differ: {first} and {second}."]
