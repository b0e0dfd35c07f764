"""Measure the speed of everything that people wait for beside its peers, in one run."""

import argparse
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from plp.ops.cli import FAILURE, SUCCESS, Failed, say
from plp.ops.environment import repository_root

NEEDS_DJANGO = False
FOR_DEVELOPERS = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json FILE`` and ``--quick``."""
    parser.add_argument("--json", type=Path, required=True, metavar="FILE", help="where the figures go")
    parser.add_argument("--quick", action="store_true", help="three minutes: 20,000 messages instead of a million")


def run(options: argparse.Namespace) -> int:
    """Run the folder ``bench`` of the repository; exit 1 if a figure is below its floor."""
    if find_spec("post_office") is None:
        raise Failed("The peers are missing: run ./plp test once, which sets up the development environment.")
    command = [sys.executable, "-m", "bench", "--json", str(options.json.resolve())]
    environment = {name: value for name, value in os.environ.items() if name != "PLP_HOME"}
    ended = subprocess.run(  # noqa: S603 - our own benchmark
        [*command, *(["--quick"] if options.quick else [])], cwd=repository_root(), env=environment, check=False
    )
    if ended.returncode:
        say("plp: A figure is below its floor, or the benchmark could not run: see above.")
        return FAILURE
    return SUCCESS
