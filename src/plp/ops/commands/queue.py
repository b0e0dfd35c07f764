"""Say what waits in the outbox."""

import argparse
import json

from plp.delivery.queries import queue_figures
from plp.ops.cli import SUCCESS
from plp.toolbox import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="as JSON on standard output")


def run(options: argparse.Namespace) -> int:
    """Print the figures."""
    figures = queue_figures(clock.now())
    if options.json:
        print(json.dumps(figures))
        return SUCCESS
    lines = [f"waiting {figures['waiting']}, oldest {figures['oldest_seconds']} s, unknown {figures['unknown']}"]
    for channel, states in figures["by_channel"].items():
        lines.append(f"{channel}: " + ", ".join(f"{state} {number}" for state, number in states.items()))
    lines += [f"{channel} is suspended: {reason}" for channel, reason in figures["suspended"].items()]
    print("\n".join(lines))
    return SUCCESS
