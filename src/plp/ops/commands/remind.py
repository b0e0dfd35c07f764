"""Recall what is due and pass on what was not done in time, as the worker does every few minutes."""

import argparse

from plp.ops import housekeeping
from plp.ops.cli import SUCCESS, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Run the clocks and the reminders of dates and mandates, once."""
    housekeeping.send_date_reminders()
    housekeeping.remind_or_end_mandates()
    say(f"plp: {housekeeping.run_due_tasks()} reminders and passings-on.")
    return SUCCESS
