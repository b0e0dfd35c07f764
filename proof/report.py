"""``docs/proof.json`` and ``docs/proof.md``: what each proof found when it was last run in full, or shorter.

Beside them ``docs/pages.md``, which tells the pages of the proof ``weights`` one by one.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from proof import page_weights
from proof.catalogue import PROOFS, SQLITE
from proof.goals import GOALS
from proof.result import Figure, ProofResult, Size, result_from_json

OPENING = """# What is proved

Each promise has a machine that tries to break it. This page is written by `./plp prove` from `docs/proof.json`: run it
and compare. Nothing seen in n trials means at most 3/n at 95 % confidence, not never. What is tried and why: the
[threats](threats.md) (T), [faults](faults.md) (F) and [figures](figures.md) (G).
"""


def name_of_kept_run(key: str, database: str) -> str:
    """Under which name a run is kept."""
    return f"{key} ({database})"


WEIGHTS = name_of_kept_run("weights", SQLITE)


RANKS = (Size.QUICK, Size.FLOOR, Size.FULL)
PROVED = ("src/plp", "proof", "tests")  # beside the locks: whatever changes here may change a figure
WRITTEN = {"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


def digest_of_code(root: Path) -> str:
    """Twelve hexadecimal digits over all that proves and is proved: they change with any letter of it."""
    files = [file for folder in PROVED for file in (root / folder).rglob("*") if not WRITTEN & set(file.parts)]
    digest = hashlib.sha256()
    for file in sorted([*files, *root.glob("requirements*.lock")]):
        if file.is_file():
            digest.update(f"{file.relative_to(root)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:12]


def is_proved_on_this_code(kept: Mapping[str, Any] | None, *, code: str, size: Size, seed: int) -> bool:
    """Whether this run held on this very code, with this seed and at this size or a larger one."""
    runs = [kept, kept.get("again")] if kept else []
    return any(
        run["holds"]
        and run.get("code") == code
        and run["seed"] == seed
        and RANKS.index(run["size"]) >= RANKS.index(size)
        for run in runs
        if run
    )


def verdict_word(found: ProofResult, size: str = Size.FULL) -> str:
    """One word for what was found; a goal counts only at full size."""
    if not found.meets_all_floors:
        return "BELOW"
    return "goal" if found.meets_all_goals and size == Size.FULL else "floor"


def _bound_text(figure: Figure, bound: float | None) -> str:
    return "" if bound is None else f"{'≤' if figure.most else '≥'} {_number_text(bound)}"


def _number_text(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.3f}".rstrip("0")


def proof_report_markdown(kept: Mapping[str, Mapping[str, Any]]) -> str:
    """The page, from what is kept of each run (name -> run)."""
    return "\n".join([OPENING, *_goal_table_lines(kept), *_proof_section_lines(kept)]).rstrip() + "\n"


def _goal_table_lines(kept: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The table of the thirty goals, with the verdicts of the proofs that answer each."""
    rows = ["## The thirty goals", "", "| | Quantity | Floor | Goal | Found by |", "|---|---|---|---|---|"]
    for key, (quantity, floor, goal) in GOALS.items():
        answers = [
            f"{proof.key} on {database}: {verdict_word(result_from_json(run['found']), run['size'])}"
            for proof in PROOFS
            for database in proof.databases
            if key in proof.answers and (run := kept.get(name_of_kept_run(proof.key, database)))
        ]
        rows.append(f"| {key} | {quantity} | {floor} | {goal} | {'; '.join(answers) or 'not proved here'} |")
    return [*rows, ""]


def _proof_section_lines(kept: Mapping[str, Mapping[str, Any]]) -> list[str]:
    rows: list[str] = []
    for proof in PROOFS:
        way = " · ".join(filter(None, (f"`./plp prove --only {proof.key}`", ", ".join(proof.answers))))
        rows += [f"## {proof.title}", "", way, ""]
        runs = [(database, kept.get(name_of_kept_run(proof.key, database))) for database in proof.databases]
        for database, run in runs:
            rows += _markdown_lines_of_run(database, run) if run else [f"{database}: not run yet.", ""]
    return rows


def _markdown_lines_of_run(database: str, run: Mapping[str, Any]) -> list[str]:
    """One run: what was done, then each figure beside its bounds."""
    found = result_from_json(run["found"])
    rows = [
        f"**{database}**, {run['size']}, n = {found.n:,}, seed {run['seed']}, {run['date']}, version {run['version']}"
        f"{_code_text(run)}, {run['seconds']:,.0f} s: {found.words}",
        "",
        *_shorter_run_lines(run),
        "| Figure | Found | Floor | Goal |",
        "|---|---|---|---|",
    ]
    for figure in found.figures:
        mark = (
            ""
            if figure.meets_bound(figure.goal)
            else " (floor)"
            if figure.meets_bound(figure.floor)
            else " **(below)**"
        )
        value = f"{_number_text(figure.value)} {figure.unit}".strip()
        bounds = f"{_bound_text(figure, figure.floor)} | {_bound_text(figure, figure.goal)}"
        rows.append(f"| {figure.name} | {value}{mark} | {bounds} |")
    return [*rows, "", *([found.bounds, ""] if found.bounds else [])]


def _code_text(run: Mapping[str, Any]) -> str:
    return f", code {run['code']}" if "code" in run else ""


def _shorter_run_lines(run: Mapping[str, Any]) -> list[str]:
    """The shorter run since, of which the figures are not kept."""
    if not (again := run.get("again")):
        return []
    return [f"Held again: {again['size']}, seed {again['seed']}, {again['date']}{_code_text(again)}.", ""]


def read_kept_runs(file: Path) -> dict[str, Any]:
    """What is kept of each run; empty without the file."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def join_runs(kept: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept with what was found since. A shorter run that holds does not hide a full one of this version: it
    stands beside it as ``again``, without its figures.
    """
    return dict(kept) | {name: _run_to_keep(kept.get(name), run) for name, run in found.items()}


def _run_to_keep(before: Any, run: Any) -> Any:
    if not _is_kept_beside_full_run(run, before):
        return run
    return before | {"again": {name: value for name, value in run.items() if name != "found"}}


def _is_kept_beside_full_run(run: Mapping[str, Any], before: Mapping[str, Any] | None) -> bool:
    if before is None or not run["holds"] or run["version"] != before["version"]:
        return False
    return before["size"] == Size.FULL and run["size"] != Size.FULL


def write_reports(folder: Path, kept: Mapping[str, Any]) -> None:
    """All three files. Runs of proofs that exist no more are dropped."""
    names = [name_of_kept_run(proof.key, database) for proof in PROOFS for database in proof.databases]
    known = {name: kept[name] for name in names if name in kept}
    text = json.dumps(known, indent=1, ensure_ascii=False)
    (folder / "proof.json").write_text(text + "\n", encoding="utf-8")
    (folder / "proof.md").write_text(proof_report_markdown(known), encoding="utf-8")
    (folder / "pages.md").write_text(page_weights.page_weights_markdown(known.get(WEIGHTS)), encoding="utf-8")
