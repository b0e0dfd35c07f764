"""Take a mail that another server sent back, from standard input: for a pipe of the mail server, one mail a call.

RECIPIENT is the address to which it came, as Postfix gives it (``${original_recipient}``). Exit codes are of
``sysexits.h``, which mail servers know: 0 for whatever was read, also what is no report (nobody is written to), 75 when
it cannot be taken now and must be brought again.
"""

import argparse
import os
import sys

from plp.ops.cli import SUCCESS, say, set_up_django
from plp.ops.error_sentences import operator_sentence_for_error

NEEDS_DJANGO = False  # a setting that is wrong loses no mail either
TEMPORARY = 75  # EX_TEMPFAIL
MOST = 200_000  # bytes that are looked at: the report stands first


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RECIPIENT."""
    parser.add_argument("recipient", nargs="?", default="", help="the address to which the mail came")


def run(options: argparse.Namespace) -> int:
    """Read the mail, keep what it says."""
    try:
        raw = sys.stdin.buffer.read(MOST)
        while sys.stdin.buffer.read(MOST):  # the mail server hands over the whole mail, or takes it back
            pass
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plp.server.settings")
        set_up_django()
        from plp.ops.bounces import record_bounce_in_returned_mail  # noqa: PLC0415 - needs Django
        from plp.toolbox import clock  # noqa: PLC0415

        record_bounce_in_returned_mail(raw, options.recipient, at=clock.now())
    except Exception as failure:
        say(f"plp: {operator_sentence_for_error(failure)} The mail is to be brought again.")
        return TEMPORARY
    return SUCCESS
