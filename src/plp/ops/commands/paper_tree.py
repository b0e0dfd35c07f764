"""Write the pages for a day without network: who calls whom, and a round sheet for each street, sealed.

Each file is encrypted to PLP_PAPER_RECIPIENT (or --to): names and numbers of members stand in it. With --identity the
files of DIR are opened instead: a PDF beside each, to be printed and then deleted.
"""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings

from plp.ops import paper_trees
from plp.ops.backup import encryption
from plp.ops.cli import SUCCESS, Failed, say
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_not_ended
from plp.toolbox import clock

ALL = "all"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The partnership, the folder, and the key."""
    parser.add_argument("partnership", metavar="PARTNERSHIP", help=f"its key, or {ALL}")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the sealed files go, or lie")
    parser.add_argument("--to", metavar="age1...", help="the public key (else PLP_PAPER_RECIPIENT)")
    parser.add_argument("--identity", type=Path, metavar="FILE", help="the secret key: open the files instead")


def run(options: argparse.Namespace) -> int:
    """Write or open the files of one partnership or of all."""
    partnerships = list(_partnerships_of_key_or_all(options.partnership))
    try:
        if options.identity:
            _decrypt_call_trees_to_pdf(partnerships, options.folder, secret_key=_read_secret_key(options.identity))
        else:
            _write_and_print_encrypted_call_trees(
                partnerships, options.folder, public_key=_parse_recipient_key(options.to)
            )
    except OSError as error:
        raise Failed(f"{options.folder} could not be written: {error.strerror}.") from error
    return SUCCESS


def _partnerships_of_key_or_all(key_or_all: str) -> list[Partnership]:
    partnerships = partnerships_not_ended()
    chosen = list(partnerships if key_or_all == ALL else partnerships.filter(key=key_or_all))
    if not chosen and key_or_all != ALL:
        raise Failed(f"There is no partnership {key_or_all}: the last part of its public address is its key.")
    return chosen


def _parse_recipient_key(typed_key: str | None) -> Any:
    key = typed_key or settings.PAPER_RECIPIENT
    if not key:
        raise Failed("No key to seal to: run ./plp backup-key once, and set PLP_PAPER_RECIPIENT to what it prints.")
    return encryption.parse_public_key(key)


def _read_secret_key(file: Path) -> Any:
    if not file.is_file():
        raise Failed(f"There is no file {file}: give the one with the secret key.")
    return encryption.read_secret_key(file)


def _write_and_print_encrypted_call_trees(partnerships: list[Partnership], folder: Path, *, public_key: Any) -> None:
    for partnership in partnerships:
        for file in paper_trees.write_encrypted_call_trees(partnership, folder, public_key=public_key, at=clock.now()):
            say(f"plp: {file}")


def _decrypt_call_trees_to_pdf(partnerships: list[Partnership], folder: Path, *, secret_key: Any) -> None:
    for partnership in partnerships:
        for _language, file in paper_trees.languages_and_files_of_call_trees(partnership, folder):
            if not file.exists():
                raise Failed(f"There is no file {file}: write it first, or name another folder.")
            say(f"plp: {paper_trees.decrypt_call_tree_to_pdf(file, secret_key=secret_key)}: print it, then delete it.")
