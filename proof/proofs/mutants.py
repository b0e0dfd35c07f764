"""How strong the tests are: lines of what must hold are changed a little, and a test must notice (G13).

The library mutmut makes the changes in a copy of the repository, where the tests that touch each changed function run
(``probes/code_mutations.py``). A change that no test notices *survives*; what no test touches at all counts as survived
too.
There are some 15,000 of them: each run tries as many of each area as its size says, chosen by chance from the seed that
is told. With 150 of them the share is right to about five in a hundred.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proof.result import Figure, ProofRequest, ProofResult, print_progress

ROOT = Path(__file__).resolve().parents[2]
SCORE = 90.0  # per cent that must be noticed in each area
MARKS = "not browser and not crash and not long and not kannel and not imap"


@dataclass(frozen=True)
class AreaOfCode:
    """Files and folders whose lines must be held by tests, and where those tests are."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def source_files(self) -> list[str]:
        """Every module, below ``src/plp``; what sets a database up once is left out.

        Raises ``ValueError`` for a name that leads nowhere, of a module or of a test: nothing would be tried there.
        """
        package = ROOT / "src" / "plp"
        places = [package / name for name in self.modules] + [ROOT / "tests" / name for name in self.tests]
        if missing := [str(place.relative_to(ROOT)) for place in places if not place.exists()]:
            raise ValueError(f"The area {self.name} names what is not there: {', '.join(missing)}.")
        found = {
            file.relative_to(package)
            for name in self.modules
            for file in ([package / name] if name.endswith(".py") else (package / name).rglob("*.py"))
        }
        return sorted(str(file) for file in found if "migrations" not in file.parts and file.name != "apps.py")


AREAS = (
    AreaOfCode("journal", ("journal",), ("journal", "ops/test_verify_audit.py")),
    AreaOfCode("notices", ("notices",), ("notices", "portal/notices")),
    AreaOfCode("delivery", ("delivery",), ("delivery", "portal/delivery")),
    AreaOfCode(
        "people",
        ("people",),
        ("people", "portal/membership", "membership", "notices/test_targets.py", "protection/test_terms.py"),
    ),
    AreaOfCode("mandates", ("mandates", "portal/shell/guards.py"), ("mandates", "portal/shell", "portal/mandates")),
    AreaOfCode("lists", ("membership/lists",), ("membership/lists", "portal/shell/test_spreadsheets.py")),
    AreaOfCode(
        "states",
        (
            "toolbox/moves.py",
            "launch/rules.py",
            *(
                "charter/rules/files.py",
                "charter/rules/money.py",
                "charter/rules/plan.py",
                "charter/rules/signature_order.py",
            ),
            "charter/rules/text_differences.py",
        ),
        ("toolbox/test_moves.py", "launch/test_rules.py", "charter/test_rules.py"),
    ),
    AreaOfCode(
        "tokens",
        ("portal/shell/limits.py", "portal/shell/codes.py", "toolbox/crypto.py"),
        ("portal/shell/test_limits.py", "toolbox/test_crypto.py", "portal/membership"),
    ),
    AreaOfCode(
        "wording",
        ("wording/check.py", "wording/fold.py", "wording/wishes.py"),
        tuple(f"wording/test_{name}.py" for name in ("check", "disguise", "disguises", "forms", "patterns", "wishes")),
    ),
)


def prove(ask: ProofRequest) -> ProofResult:
    """Change and test, area by area, so many changes of each. What is not tried yet is not noticed."""
    most = ask.number_for_size(trial=2, quick=20, floor=60, full=150)
    tried, shares = 0, dict.fromkeys((area.name for area in AREAS), 0.0)
    details: dict[str, str] = {"seed": str(ask.seed)}

    def result_so_far() -> ProofResult:
        figures = (
            Figure(f"noticed in {name}", round(share, 1), "%", floor=SCORE, goal=SCORE, most=False)
            for name, share in shares.items()
        )
        return ProofResult(tried, "a line of what must hold is changed", tuple(figures), details=details)

    for area in AREAS:
        answer = try_code_changes_in_copy(area, most=most, seed=ask.seed)
        number, survived = answer["tried"], answer["survived"]
        tried += number
        shares[area.name] = 100 * (number - len(survived)) / number
        details[area.name] = f"{number} of {answer['there']} changes, not noticed: {', '.join(survived) or 'none'}"
        ask.keep(result_so_far())
    return result_so_far()


def try_code_changes_in_copy(area: AreaOfCode, *, most: int, seed: int) -> dict[str, Any]:
    """How many changes of an area are ``there``, how many were ``tried``, and which ``survived``."""
    with tempfile.TemporaryDirectory(prefix="plp-mutants-") as folder:
        place = Path(folder, "checkout")
        names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
        for name in filter(None, names.split("\0")):
            if (ROOT / name).is_file():
                place.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, place / name)
        return _run_code_mutations(place, area, most, seed)


def _run_code_mutations(place: Path, area: AreaOfCode, most: int, seed: int) -> dict[str, Any]:
    """Change and test in the copy, in a process of its own: how far it is passes on, what the tests say does not."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PLP_", "DJANGO_"))}
    environment["PYTHONPATH"] = f"{place / 'src'}{os.pathsep}{place}"
    asked = place / "changes.json"
    words = {"modules": area.source_files(), "tests": area.tests, "marks": MARKS, "most": most, "seed": seed}
    asked.write_text(json.dumps(words), encoding="utf-8")
    command = [sys.executable, "-W", "ignore", "-m", "proof.probes.code_mutations", str(asked)]
    print_progress(f"{area.name}: at most {most} changes, by the seed {seed} ...")
    subprocess.run(command, cwd=place, env=environment, stdout=subprocess.DEVNULL, check=True)
    answer: dict[str, Any] = json.loads(asked.with_suffix(".answer").read_text(encoding="utf-8"))
    number, survived = answer["tried"], len(answer["survived"])
    print_progress(f"{area.name}: {number} of {answer['there']} changes, {survived} not noticed")
    return answer
