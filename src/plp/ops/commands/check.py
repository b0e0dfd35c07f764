"""The fast half of the tests: format, lint, types, imports, templates, migrations, catalogues, deployment, guards.

``--audit`` looks at what we are built from instead: locks and hashes, known vulnerabilities, secrets in the history,
two builds of the wheel.
"""

import argparse
import os
import sys
from pathlib import Path

from plp.ops import sizes
from plp.ops.catalogues import comparison
from plp.ops.check_steps import CheckStep, NotChecked, run_and_print_check_steps_in_parallel
from plp.ops.cli import FAILURE, SUCCESS, say
from plp.ops.environment import PACKAGE, environment_with_throw_away_data_folder, repository_root
from plp.ops.supply import advisories, locks, secrets_in_history, wheels

NEEDS_DJANGO = False
FOR_DEVELOPERS = True

DJANGO = {"DJANGO_SETTINGS_MODULE": "plp.server.settings"}
GUARDS = "tests/guards"
UNSEEN = 3  # the exit code when nothing failed, and something could not be looked at
PUBLIC = DJANGO | {"PLP_ORIGIN": "https://plp.example.be"}  # the settings of a real installation


def django_command_line(*arguments: str) -> tuple[str, ...]:
    """A command of Django's own."""
    return (sys.executable, "-P", "-m", "django", *arguments)


def strict_skips_variable() -> dict[str, str]:
    """What tests that are started from here are told of skips: PLP_TEST_STRICT, if it is set."""
    return {name: os.environ[name] for name in ("PLP_TEST_STRICT",) if name in os.environ}


def all_check_steps() -> list[CheckStep]:
    """What is checked, the slowest first."""
    return [
        CheckStep("types", ("mypy",)),
        CheckStep("catalogues", faults=lambda: comparison.catalogue_faults(PACKAGE)),
        CheckStep(
            "guards",
            (sys.executable, "-m", "pytest", "-q", "-m", "not crash", GUARDS),
            environment=strict_skips_variable(),
        ),
        CheckStep("templates", ("djlint", "--lint", "--quiet", str(PACKAGE))),
        CheckStep("imports", ("lint-imports", "--no-cache")),
        CheckStep("migrations", django_command_line("makemigrations", "--check", "--dry-run"), environment=DJANGO),
        CheckStep(
            "deployment", django_command_line("check", "--deploy", "--fail-level", "WARNING"), environment=PUBLIC
        ),
        CheckStep("format", ("ruff", "format", "--check", ".")),
        CheckStep("lint", ("ruff", "check", ".")),
    ]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--only NAME`` runs one step (several times for several)."""
    parser.add_argument("--audit", action="store_true", help="look at what we are built from")
    parser.add_argument(
        "--only", action="append", choices=[step.name for step in all_check_steps()], help="one step, by name"
    )


def audit_steps() -> list[CheckStep]:
    """What is looked at of what we are built from."""
    root = repository_root()
    return [
        CheckStep("known vulnerabilities", faults=lambda: _known_vulnerabilities(root / "requirements.lock")),
        CheckStep(
            "hashes",
            faults=lambda: [fault for lock in sorted(root.glob("*.lock")) for fault in locks.faults_of_lock_file(lock)],
        ),
        CheckStep("secrets in the history", faults=lambda: secrets_in_history.secrets_found_in_git_history(root)),
        CheckStep("two builds alike", faults=lambda: wheels.differences_of_two_wheel_builds(root)),
    ]


def _known_vulnerabilities(lock: Path) -> list[str]:
    """What is known of the packages. Raises ``NotChecked`` unless the advisory service answered for each of them."""
    advice, all_of_them = (
        advisories.ask_vulnerabilities_of_locked_packages(lock),
        len(locks.packages_of_lock_file(lock)),
    )
    if advice.asked_packages < all_of_them and not advice.vulnerabilities:
        raise NotChecked(
            f"The advisory service answered for {advice.asked_packages} of {all_of_them} packages. Let this machine "
            "reach the network (HTTPS_PROXY names a proxy) and run ./plp check --audit again, before a release at the "
            "latest."
        )
    return list(advice.vulnerabilities)


def run(options: argparse.Namespace) -> int:
    """Run the steps; answers 1 if one failed, 3 if none did and one could not be looked at."""
    is_audit = getattr(options, "audit", False)  # ./plp test asks for the usual steps without saying so
    todo = audit_steps() if is_audit else all_check_steps()
    chosen = [step for step in todo if not options.only or step.name in options.only]
    with environment_with_throw_away_data_folder() as environment:
        outcomes = run_and_print_check_steps_in_parallel(chosen, root=repository_root(), environment=environment)
    if not options.only and not is_audit:
        say("\n".join(f"  look again: {mark}" for mark in sizes.files_and_functions_over_size_marks(PACKAGE)))
    failed = [outcome.name for outcome in outcomes if not outcome.passed and outcome.was_checked]
    unseen = [outcome.name for outcome in outcomes if not outcome.was_checked]
    if unseen:
        say(f"check: {', '.join(unseen)} not checked: nothing is known of that.")
    if failed or not unseen:
        say(f"check: {', '.join(failed)} failed." if failed else f"check: all {len(outcomes)} steps passed.")
    return FAILURE if failed else UNSEEN if unseen else SUCCESS
