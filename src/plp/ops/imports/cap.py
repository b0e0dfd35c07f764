"""An official alert in the format CAP becomes drafts in the quarters of its area: never a sent message (R125).

CAP 1.1 and 1.2 are read. The drafts wait on the desks of the officers of those quarters.
"""

import argparse
from pathlib import Path

from django.utils import translation

from plp.alerts import actions as alerts
from plp.alerts.cap.parser import MOST_BYTES
from plp.alerts.models import Alert
from plp.ops.cli import FAILURE, SUCCESS, Failed, say, write_json
from plp.toolbox import clock
from plp.toolbox.moves import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and where the figures go."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the CAP file")
    parser.add_argument(
        "--json",
        nargs="?",
        const="-",
        metavar="FILE",
        help="write what was done as JSON to FILE, or to standard output",
    )


def run(options: argparse.Namespace) -> int:
    """Read the file, tell what became of it, answer the exit code."""
    try:
        with options.file.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise Failed(f"{options.file}: {wrong.strerror}. Give the path of a CAP file that can be read.") from wrong
    try:
        drafts = outcome_rows_of_alert(
            alerts.receive_cap_alert_and_draft_notices(content=content, by=None, at=clock.now())
        )
        figures = {"drafts": drafts, "reason": ""}
    except Refused as refusal:
        with translation.override("en"):
            figures = {"drafts": [], "reason": refusal.in_words()}
    _print_alert_outcome(options.file, figures)
    if options.json:
        write_json(figures, options.json)
    return FAILURE if figures["reason"] else SUCCESS


def outcome_rows_of_alert(alert: Alert) -> list[dict[str, str]]:
    """What the alert did, per quarter."""
    traces = alert.traces.select_related("notice__partnership").order_by("notice__partnership__key", "pk")
    return [
        {"partnership": trace.notice.partnership.key, "outcome": trace.outcome, "notice": str(trace.notice_id)}
        for trace in traces
    ]


def _print_alert_outcome(file: Path, figures: dict) -> None:
    if figures["reason"]:
        say(f"plp: {file.name}: {figures['reason']}")
        return
    for draft in figures["drafts"]:
        say(f"  {draft['partnership']}: {draft['outcome']}")
    say(f"plp: {file.name}: read for {len(figures['drafts'])} quarters. Nothing was sent: officers decide.")
