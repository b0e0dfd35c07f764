"""Look at everything an operator asks about when it does not work, and say what to do."""

import argparse
import json
from dataclasses import asdict

from django.utils import translation

from plp.ops.cli import FAILURE, SUCCESS
from plp.ops.diagnostics import run_diagnostics


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json`` prints the findings as data."""
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(options: argparse.Namespace) -> int:
    """Tell every finding; answer 1 if there is something to do."""
    if options.json:
        with translation.override("en"):  # for programs: the same words everywhere
            diagnoses = run_diagnostics()
        print(json.dumps([asdict(finding) | {"ok": finding.is_well} for finding in diagnoses], indent=2))
    else:
        diagnoses = run_diagnostics()
        for finding in diagnoses:
            print(f"  {'ok  ' if finding.is_well else 'LOOK'} {finding.subject}: {finding.state}")
            if finding.advice:
                print(f"       {finding.advice}")
    return SUCCESS if all(finding.is_well for finding in diagnoses) else FAILURE
