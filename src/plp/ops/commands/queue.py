"""Say what waits in the outbox, and shut or open it."""

import argparse
import json

from plp.delivery import actions as delivery
from plp.delivery.models import Pause
from plp.delivery.queries import outbox_figures_for_operators, substitute_suppliers
from plp.ops.cli import SUCCESS
from plp.toolbox import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``, ``--pause`` and ``--resume``."""
    parser.add_argument("--json", action="store_true", help="as JSON on standard output")
    tap = parser.add_mutually_exclusive_group()
    tap.add_argument("--pause", action="store_true", help="let nothing leave any more")
    tap.add_argument("--resume", action="store_true", help="let messages leave again, after a restore or a pause")


def run(options: argparse.Namespace) -> int:
    """Print the figures, after shutting or opening the outbox if asked."""
    if options.pause:
        delivery.pause_outbox(reason=Pause.Reason.OPERATOR, by=None, at=clock.now())
    if options.resume:
        delivery.resume_outbox(by=None, at=clock.now())
    figures = outbox_figures_for_operators(clock.now())
    if options.json:
        print(json.dumps(figures))
        return SUCCESS
    lines = [f"waiting {figures['waiting']}, oldest {figures['oldest_seconds']} s, unknown {figures['unknown']}"]
    for channel, states in figures["by_channel"].items():
        lines.append(f"{channel}: " + ", ".join(f"{state} {number}" for state, number in states.items()))
    if figures["paused"]:
        lines.append(f"paused since {figures['paused']}: nothing leaves until ./plp queue --resume")
    substitutes = substitute_suppliers(figures["suspended"])
    for supplier, reason in figures["suspended"].items():
        line = f"{supplier} is suspended: {reason}"
        lines.append(f"{line}; meanwhile {substitutes[supplier]} serves" if supplier in substitutes else line)
    print("\n".join(lines))
    return SUCCESS
