"""Go to another release while the services run: plp upgrade ARCHIVE, and plp upgrade --back.

The checksum is compared with the SHA256SUMS beside the archive, the new environment is made beside the old one, a
backup is made, the database is brought up, a link moves, and the services start anew behind the socket that systemd
holds. Typed as root, by the wrapper deploy/plp.
"""

import argparse
from pathlib import Path

from plp.ops.cli import SUCCESS
from plp.ops.environment import repository_root
from plp.ops.release import exchange
from plp.ops.release.folders import release_folders_of_installation

NEEDS_DJANGO = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The archive, or ``--back``."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("archive", type=Path, nargs="?", help="plp-X.Y.Z.tar.gz, with its SHA256SUMS beside it")
    which.add_argument("--back", action="store_true", help="go back to the release before")


def run(options: argparse.Namespace) -> int:
    """Go there, or back."""
    folders = release_folders_of_installation(repository_root())
    with folders.locked():
        if options.back:
            exchange.go_back_to_previous_release(folders)
        else:
            exchange.upgrade_to_release(folders, options.archive.resolve())
    return SUCCESS
