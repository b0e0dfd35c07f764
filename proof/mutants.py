"""How strong the tests are: each line of what must hold is changed a little, and a test must notice (G13).

The library mutmut makes the changes in a copy of the repository, where the tests that touch each changed function run
(``stand/changing.py``). A change that no test notices *survives*; what no test touches at all counts as survived too.
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
MARKS = "not browser and not crash and not long and not kannel and not imap"


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
        (
            "toolbox/moves.py",
            "launch/rules.py",
            *("charter/rules/files.py", "charter/rules/money.py", "charter/rules/plan.py", "charter/rules/signing.py"),
            *("charter/rules/words.py", "notices/rules/aid.py", "notices/rules/bundle.py", "notices/rules/release.py"),
            "notices/rules/reply.py",
        ),
        (
            *("toolbox/test_moves.py", "launch/test_rules.py", "charter/test_rules.py", "notices/test_rules.py"),
            *("notices/test_bundle.py", "notices/test_guidance.py", "notices/test_replying.py"),
        ),
    ),
    AreaOfCode(
        "limits",
        ("portal/shell/limits.py", "delivery/engine/meter.py", "delivery/engine/breakers.py"),
        ("portal/shell/test_limits.py", "delivery/test_breakers.py", "delivery/test_meter.py"),
    ),
    AreaOfCode(
        "tokens",
        ("portal/shell/codes.py", "delivery/links.py", "delivery/references.py", "toolbox/crypto.py"),
        ("toolbox/test_crypto.py", "delivery/test_links.py", "portal/members"),
    ),
    AreaOfCode(
        "wording",
        ("wording/check.py", "wording/fold.py", "wording/wishes.py"),
        tuple(f"wording/test_{name}.py" for name in ("check", "disguise", "disguises", "forms", "patterns", "wishes")),
    ),
    AreaOfCode(
        "delivery",
        ("delivery/rules.py", "delivery/bundling.py", "delivery/engine/store.py"),
        tuple(f"delivery/test_{name}.py" for name in ("rules", "digests", "store", "composing", "meter", "settling")),
    ),
)


def prove(ask: Ask) -> Found:
    """Change and test, area by area: every change, whatever the size. What is not tried yet is not noticed."""
    tried, shares = 0, dict.fromkeys((area.name for area in AREAS), 0.0)

    def found() -> Found:
        figures = (
            Figure(f"noticed in {name}", round(share, 1), "%", floor=SCORE, goal=SCORE, most=False)
            for name, share in shares.items()
        )
        return Found(tried, "a line of what must hold is changed", tuple(figures))

    for area in AREAS:
        number, survived = survey(area)
        tried += number
        shares[area.name] = 100 * (number - len(survived)) / number
        ask.keep(found())
    return found()


def survey(area: AreaOfCode) -> tuple[int, list[str]]:
    """How many changes of an area were tried, and the names of those that were not noticed."""
    with tempfile.TemporaryDirectory(prefix="plp-mutants-") as folder:
        place = Path(folder, "checkout")
        names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
        for name in filter(None, names.split("\0")):
            if (ROOT / name).is_file():
                place.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, place / name)
        return _changed(place, area)


def _changed(place: Path, area: AreaOfCode) -> tuple[int, list[str]]:
    """Change and test in the copy, in a process of its own: how far it is passes on, what the tests say does not."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PLP_", "DJANGO_"))}
    environment["PYTHONPATH"] = f"{place / 'src'}{os.pathsep}{place}"
    asked = place / "changes.json"
    asked.write_text(json.dumps({"modules": area.modules, "tests": area.tests, "marks": MARKS}), encoding="utf-8")
    command = [sys.executable, "-W", "ignore", "-m", "proof.stand.changing", str(asked)]
    progress(f"{area.name} ...")
    subprocess.run(command, cwd=place, env=environment, stdout=subprocess.DEVNULL, check=True)
    answer = json.loads(asked.with_suffix(".answer").read_text(encoding="utf-8"))
    progress(f"{area.name}: {answer['tried']} changes, {len(answer['survived'])} not noticed")
    return answer["tried"], answer["survived"]
