"""How strong the tests are: each line of what must hold is changed a little, and a test must notice (G13).

The library mutmut makes the changes in a copy of the repository and runs the tests that touch each changed function.
A change that no test notices *survives*; what no test touches at all counts as survived too.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from proof.found import Ask, Figure, Found, progress

ROOT = Path(__file__).resolve().parents[1]
SCORE = 85.0  # per cent that must be noticed in each area
NOTICED = {1, 3, 24, 36, -24, 152, 255}  # exit codes of mutmut: a test failed, or ran for ever
BESIDE = "src tests proof bench docs plp pyproject.toml CHANGELOG.md README.md requirements.lock requirements-dev.lock"


@dataclass(frozen=True)
class AreaOfCode:
    """Modules whose lines must be held by tests, and where those tests are."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]


AREAS = (
    AreaOfCode(
        "rights",
        ("mandates/rules.py", "mandates/queries.py", "portal/shell/guards.py"),
        ("mandates", "portal/shell", "portal/mandates", "portal/account"),
    ),
    AreaOfCode(
        "states",
        ("toolbox/moves.py", "launch/rules.py", "charter/rules.py", "notices/rules.py"),
        ("toolbox/test_moves.py", "launch/test_rules.py", "charter", "notices"),
    ),
    AreaOfCode(
        "limits",
        ("portal/shell/limits.py", "delivery/engine/meter.py", "delivery/engine/breakers.py"),
        ("portal/shell/test_limits.py", "delivery"),
    ),
    AreaOfCode(
        "tokens",
        ("portal/shell/codes.py", "delivery/links.py", "delivery/references.py", "toolbox/crypto.py"),
        ("toolbox/test_crypto.py", "delivery", "portal/members", "api"),
    ),
    AreaOfCode("wording", ("wording/check.py", "wording/fold.py", "wording/wishes.py"), ("wording",)),
    AreaOfCode("delivery", ("delivery/rules.py", "delivery/bundling.py", "delivery/engine/store.py"), ("delivery",)),
)


def prove(_ask: Ask) -> Found:
    """Change and test, area by area: every change, whatever the size."""
    figures, tried = [], 0
    for area in AREAS:
        noticed, survived = _survey(area)
        tried += noticed + len(survived)
        share = 100 * noticed / (noticed + len(survived))
        figures.append(Figure(f"noticed in {area.name}", round(share, 1), "%", floor=SCORE, goal=SCORE, most=False))
        for name in survived:
            progress(f"not noticed: {name}")
    return Found(tried, "a line of what must hold is changed", tuple(figures))


def _survey(area: AreaOfCode) -> tuple[int, list[str]]:
    """How many changes of an area were noticed, and the names of those that were not."""
    with tempfile.TemporaryDirectory(prefix="plp-mutants-") as folder:
        place = Path(folder, "checkout")
        kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
        for name in filter(None, kept.split("\0")):
            if (ROOT / name).is_file():
                place.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, place / name)
        place.joinpath("setup.cfg").write_text(_settings(area), encoding="utf-8")
        _run(place)
        return _read(place / "mutants")


def _settings(area: AreaOfCode) -> str:
    """What mutmut is told: the modules, the tests, and that everything lies beside them."""

    def listed(name: str, values: list[str]) -> str:
        return f"{name}=\n" + "".join(f"    {value}\n" for value in values)

    return "[mutmut]\n" + "".join(
        (
            listed("source_paths", [f"src/plp/{module}" for module in area.modules]),
            listed("pytest_add_cli_args_test_selection", [f"tests/{name}" for name in area.tests]),
            listed("pytest_add_cli_args", ["-m", "not browser and not crash and not long and not kannel and not imap"]),
            listed("also_copy", BESIDE.split()),
        )
    )


def _run(place: Path) -> None:
    """Run mutmut; what it draws on the terminal is not wanted."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PLP_", "DJANGO_"))}
    command = [sys.executable, "-W", "ignore", "-m", "mutmut", "run"]
    ended = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(f"mutmut could not run: {ended.stdout[-2000:]} {ended.stderr[-2000:]}")


def _read(folder: Path) -> tuple[int, list[str]]:
    """What mutmut kept beside each changed file."""
    codes: dict[str, int] = {}
    for file in folder.rglob("*.meta"):
        codes |= json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    survived = sorted(name for name, code in codes.items() if code not in NOTICED)
    return len(codes) - len(survived), survived
