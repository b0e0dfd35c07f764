"""Change the key of personal fields, or of sessions, while the site is in use; then take the old one out.

Without an option it makes a new field key, seals every personal field anew and remakes the look-up digests. Broken off,
it goes on where it stopped. ``--retire`` takes the old keys out once nothing needs them any more.
"""

import argparse
import sys
import time

from plp.ops import key_rotation
from plp.ops.cli import FAILURE, SUCCESS, Failed, say
from plp.toolbox import keyring

ROUNDS = 5  # a round finds what was sealed with the old key while the one before was at work


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--secret-key``, ``--retire``, ``--json``."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--secret-key", action="store_true", help="a new key for sessions and links, not for the fields")
    what.add_argument("--retire", action="store_true", help="take the old keys out, if nothing is sealed with them")
    what.add_argument("--json", action="store_true", help="only look: how many rows of each column are left")


def run(options: argparse.Namespace) -> int:
    """Do one of the four; exit 1 if a row could not be opened or the old key is still needed."""
    if options.json:
        print(key_rotation.rotation_state_json())
        return SUCCESS
    if options.secret_key:
        key_rotation.rotate_signing_key()
        say("plp: There is a new signing key. Restart web and worker: nobody has to sign in again.")
        return SUCCESS
    return _retire_old_keys_or_fail() if options.retire else _rotate_field_key()


def _rotate_field_key() -> int:
    key_rotation.replace_field_key_and_keep_old()
    say(f"plp: The field key {keyring.current_key().name.hex()} is in force.")
    time.sleep(2 * keyring.LOOK_AGAIN)  # by then every process on this machine looked at the files again
    key_rotation.recompute_digests(_print_progress)
    for _round in range(ROUNDS):
        broken = key_rotation.reseal_and_count_broken(_print_progress)
        key_rotation.recompute_digests(_print_progress)
        if broken or not key_rotation.count_rows_under_old_keys():
            break
    print(file=sys.stderr)
    for name, number in broken.items():
        say(f"plp: {number} rows of {name} open with no key that is here. Put the key that sealed them back.")
    if broken or key_rotation.count_rows_under_old_keys():
        say("plp: The old key is still needed. Run ./plp rotate-keys again.")
        return FAILURE
    say("plp: Everything is sealed with the new key. The old key opens nothing in the database any more.")
    say("     Backups made before still need it: keep it with them, away from this machine.")
    say(
        "     Then, when no vote and no survey is open: ./plp rotate-keys --retire. Links in older letters end with it."
    )
    return SUCCESS


def _retire_old_keys_or_fail() -> int:
    rows_left = key_rotation.count_rows_under_old_keys()
    if rows_left or keyring.digest_key_name_file().exists():
        names = ", ".join(rows_left) or "the look-up digests"
        raise Failed(f"The old key is still needed ({names}): run ./plp rotate-keys first.")
    say(f"plp: {key_rotation.retire_old_keys()} old keys were taken out.")
    return SUCCESS


def _print_progress(column_name: str, rows_done: int) -> None:
    """One line that is written over while somebody looks, else a line a step."""
    begin, end = ("\r", "\N{ESCAPE}[K") if sys.stderr.isatty() else ("", "\n")
    print(f"{begin}plp: {column_name}: {rows_done:,}", end=end, file=sys.stderr, flush=True)
