"""Say what became of one message, per channel and state."""

import argparse
import json

from plp.delivery.queries import find_message, ledger
from plp.ops.cli import FAILURE, SUCCESS, Failed, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The message, and ``--json``."""
    parser.add_argument("message", help="the id of the message or of its notice, or its check code")
    parser.add_argument("--json", action="store_true", help="as JSON on standard output")


def run(options: argparse.Namespace) -> int:
    """Print the ledger; exit 1 when it does not balance."""
    message = find_message(options.message)
    if message is None:
        raise Failed("No message has this id or check code: copy it from the page of the message.")
    message_ledger = ledger(message)
    if options.json:
        print(json.dumps(message_ledger.as_json()))
    else:
        print(f"{message_ledger.purpose}, {message_ledger.audience} persons")
        for channel, states in message_ledger.by_channel.items():
            print(f"{channel}: " + ", ".join(f"{state} {number}" for state, number in states.items()))
    if not message_ledger.is_balanced:
        say("plp: The counts do not add up to the audience: run ./plp doctor.")
        return FAILURE
    return SUCCESS
