"""The fast half of the tests: format, lint, types, imports, templates, migrations, catalogues, deployment, guards."""

import argparse
import sys

from plp.ops import catalogues, sizes
from plp.ops.cli import FAILURE, SUCCESS, say
from plp.ops.house import PACKAGE, checkout, clean_environment
from plp.ops.steps import Step, take_all

NEEDS_DJANGO = False

DJANGO = {"DJANGO_SETTINGS_MODULE": "plp.server.settings"}
PUBLIC = DJANGO | {"PLP_ORIGIN": "https://plp.example.be"}  # the settings of a real installation


def django(*arguments: str) -> tuple[str, ...]:
    """A command of Django's own."""
    return (sys.executable, "-P", "-m", "django", *arguments)


def steps() -> list[Step]:
    """What is checked, the slowest first."""
    return [
        Step("types", ("mypy",)),
        Step("catalogues", faults=lambda: catalogues.faults(PACKAGE)),
        Step("guards", (sys.executable, "-m", "pytest", "-q", "tests/guards")),
        Step("templates", ("djlint", "--lint", "--quiet", str(PACKAGE))),
        Step("imports", ("lint-imports", "--no-cache")),
        Step("migrations", django("makemigrations", "--check", "--dry-run"), environment=DJANGO),
        Step("deployment", django("check", "--deploy", "--fail-level", "WARNING"), environment=PUBLIC),
        Step("format", ("ruff", "format", "--check", ".")),
        Step("lint", ("ruff", "check", ".")),
    ]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--only NAME`` runs one step (several times for several)."""
    parser.add_argument("--only", action="append", choices=[step.name for step in steps()], help="one step, by name")


def run(options: argparse.Namespace) -> int:
    """Run the steps; answers 1 if one failed."""
    chosen = [step for step in steps() if not options.only or step.name in options.only]
    with clean_environment() as environment:
        outcomes = take_all(chosen, root=checkout(), environment=environment)
    if not options.only:
        say("\n".join(f"  look again: {mark}" for mark in sizes.marks(PACKAGE)))
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    say(f"check: {', '.join(failed)} failed." if failed else f"check: all {len(outcomes)} steps passed.")
    return FAILURE if failed else SUCCESS
