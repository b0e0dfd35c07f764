"""Members erased: none of their words in the tables, the files and what was logged, nor after an older copy (T51)."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from proof.harness.system import ROOT
from proof.result import Figure, ProofRequest, ProofResult

START = "import django; django.setup(); import json; from proof.procedures import erasures\n"
ERASE = """
import shutil
from django.conf import settings
from plp.ops import housekeeping
erasures.create_members_and_letters({people})
shutil.copytree(settings.HOME, settings.HOME.with_name("older"))
tokens = erasures.erase_members_and_get_tokens({gone})
for chore in housekeeping.daily_chores():
    chore.action()
print(json.dumps([tokens, erasures.count_tokens_in_tables(tokens)]))
"""
BRING_BACK = """
from plp.membership.erasure_replay import replay_erasures
from plp.toolbox import clock
held = erasures.count_tokens_in_tables({tokens})
replay_erasures(by=None, at=clock.now())
twice = sum(replay_erasures(by=None, at=clock.now()).values())
others = any("Ada " + erasures.WORDS in row for row in erasures.rows_of_all_tables_as_text())
print(json.dumps([held, erasures.count_tokens_in_tables({tokens}), twice, others]))
"""


def prove(ask: ProofRequest) -> ProofResult:
    """Erase some of the people, look for their tokens; bring an older copy back, erase again by the list, look."""
    people = ask.number_for_size(trial=12, quick=100, full=1000)
    gone = people // 3
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as name:
        site = _Site(Path(name) / "site")
        tokens, first = site.run_python(ERASE.format(people=people, gone=gone))
        files, logged = site.count_tokens_in_files(tokens), site.count_tokens_in_log(tokens)
        shutil.copy(site.home / "erasures", site.older / "erasures")
        site.home = site.older
        held, again, twice, others = site.run_python(BRING_BACK.format(tokens=tokens))
        logged += site.count_tokens_in_log(tokens)
    return ProofResult(
        len(tokens),
        f"members of {people:,} erased, half at their wish, half a month after they left",
        (
            Figure("members erased", len(tokens), floor=gone, goal=gone, most=False),
            Figure("of them still in a table", first, floor=0, goal=0),
            Figure("of them in a file of the data folder", files, floor=0, goal=0),
            Figure("of them in what was logged", logged, floor=0, goal=0),
            Figure("of them in the older copy, as it must be", held, floor=gone, goal=gone, most=False),
            Figure("of them in a table after its return", again, floor=0, goal=0),
            Figure("acts that a second pass of the list would do", twice, floor=0, goal=0),
            Figure("others gone with them", int(not others), floor=0, goal=0),
        ),
    )


class _Site:
    """A data folder, an older copy of it, and what was printed meanwhile."""

    def __init__(self, home: Path) -> None:
        self.home, self.older, self.log = home, home.with_name("older"), ""
        self.kept = {name: value for name, value in os.environ.items() if not name.startswith("PLP_")}

    def run_python(self, source: str) -> Any:
        """Run a few lines in a process of the site; what the last one printed."""
        self.home.mkdir(exist_ok=True)
        ended = subprocess.run(
            [sys.executable, "-c", START + source],
            cwd=ROOT,
            env=self.kept | {"PLP_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "plp.server.settings"},
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        assert ended.returncode == 0, ended.stderr[-2000:]
        *said, last = ended.stdout.splitlines()
        self.log += "\n".join([*said, ended.stderr])
        return json.loads(last)

    def count_tokens_in_files(self, tokens: list[str]) -> int:
        """How many tokens stand in clear in the bytes of any file: the database's free pages too."""
        content = b"\n".join(path.read_bytes() for path in self.home.rglob("*") if path.is_file()).lower()
        return sum(token.encode() in content for token in tokens)

    def count_tokens_in_log(self, tokens: list[str]) -> int:
        """How many tokens were printed."""
        return sum(token in self.log.lower() for token in tokens)
