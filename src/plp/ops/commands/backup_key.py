"""Make the pair of keys of the backups: the public part stays here, the secret part leaves this machine."""

import argparse
import os
from pathlib import Path

from plp.ops.backup.encryption import new_secret_and_public_key
from plp.ops.cli import SUCCESS, say

NEEDS_DJANGO = False
WARNING = """plp: {file} opens every backup that is made from now on. Take it off this machine: onto two memory
     sticks, or on paper, in two places under lock. Then delete it here. Nobody can make it again.
     The line below is the public part. Put it into the settings:"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file of the secret part."""
    parser.add_argument("file", type=Path, help="where the secret part goes; must not exist yet")


def run(options: argparse.Namespace) -> int:
    """Write the secret part for our eyes alone, print the setting with the public one."""
    secret, public = new_secret_and_public_key()
    with os.fdopen(os.open(options.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"# opens the backups of plp that are encrypted to {public}\n{secret}\n")
    say(WARNING.format(file=options.file))
    print(f"PLP_BACKUP_RECIPIENT={public}")
    return SUCCESS
