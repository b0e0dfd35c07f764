"""The source archive of a commit: the same bytes whoever makes it, wherever and whenever."""

import gzip
import subprocess
from pathlib import Path

from plp.ops.release.commit import Commit


def source_tar_of_commit(root: Path, commit: Commit) -> bytes:
    """What git keeps of the commit, below one folder: in git's order, owned by root, with the time of the commit."""
    ended = subprocess.run(  # noqa: S603 - our own words
        ["git", "-c", "tar.umask=0022", "archive", "--format=tar", f"--prefix={commit.release_file_stem}/", commit.key],  # noqa: S607 - the git of whoever builds
        cwd=root,
        capture_output=True,
        check=True,
    )
    return ended.stdout


def compressed_source_archive(root: Path, commit: Commit) -> bytes:
    """The tar, packed without a name or a time of its own."""
    return gzip.compress(source_tar_of_commit(root, commit), compresslevel=9, mtime=0)
