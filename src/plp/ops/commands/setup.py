"""Print the link by which the first administrator of an empty installation begins, in a browser."""

import argparse

from plp.accounts import installation
from plp.ops.cli import FAILURE, SUCCESS, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing is asked."""


def print_setup_link_to_terminal() -> None:
    """Tell who reads the terminal how to begin; the link goes nowhere else."""
    say(f"plp: Nobody is here yet. Open this in your browser within {installation.HOURS} hours, to set everything up:")
    print(installation.first_administrator_link(), flush=True)


def run(options: argparse.Namespace) -> int:
    """Print it, while nobody holds a role."""
    if not installation.is_nobody_appointed_yet():
        say("plp: Somebody holds a role already: ./plp appoint gives roles, and new links to those who have one.")
        return FAILURE
    print_setup_link_to_terminal()
    return SUCCESS
