"""Make the files of a release, the same to the byte each time: archive, wheel, list of parts, notes, checksums.

The version is the first one of CHANGELOG.md. Everything is made from the last commit, two times in two places, and
compared.
"""

import argparse
from pathlib import Path

from plp.ops.cli import SUCCESS, say
from plp.ops.environment import repository_root
from plp.ops.release.commit import last_commit, refuse_unreleasable_commit

NEEDS_DJANGO = False
FOR_DEVELOPERS = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the files go")


def run(options: argparse.Namespace) -> int:
    """Make them, and say which they are."""
    from plp.ops.release.files import make_release_files  # noqa: PLC0415 - its libraries are of the development lock

    root, into = repository_root(), options.folder.resolve()
    commit = last_commit(root)
    refuse_unreleasable_commit(root, commit, into=into)
    release_files = make_release_files(root, commit, into)
    say(f"release: {commit.release_file_stem} from commit {commit.key[:12]}, made twice, the same to the byte:")
    for file in release_files:
        say(f"  {file.stat().st_size:>10} bytes  {file}")
    return SUCCESS
