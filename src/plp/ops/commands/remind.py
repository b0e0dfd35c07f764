"""Recall what is due and pass on what was not done in time, as the worker does every few minutes."""

import argparse

from plp.followup.actions import clocks
from plp.mandates import term_clock
from plp.ops import housekeeping
from plp.ops.cli import SUCCESS, say
from plp.toolbox import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Run the clocks and the reminders of dates and mandates, once."""
    housekeeping.send_plan_date_reminders()
    term_clock.remind_of_and_end_due_mandates(by=None, at=clock.now())
    say(f"plp: {clocks.remind_or_pass_on_due_matters(by=None, at=clock.now())} reminders and passings-on.")
    return SUCCESS
