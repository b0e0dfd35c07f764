"""The field key changed while the site is at work: nothing is lost, the old key then opens nothing (T21, T52)."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from proof.harness.system import ROOT, fresh_database
from proof.result import Figure, ProofRequest, ProofResult, print_progress

SITES = 2
PREPARE = "from tests.factories import outbox; outbox.make_database(); outbox.people({people})"
TAKE_OUT = """
from plp.ops import key_rotation
key_rotation.reseal_and_count_broken(lambda name, done: None)
assert not key_rotation.count_rows_under_old_keys()
key_rotation.retire_old_keys()
"""
COUNT = """
import json
from plp.ops import key_rotation
from plp.people.models import ContactPoint, Person
from plp.people.queries import contact_digest
from plp.journal.queries import verify_journal
unread = sum(1 for one in Person.objects.iterator() if not one.name)
lost = sum(1 for one in ContactPoint.objects.iterator() if one.digest != contact_digest(one.channel, one.address))
sealed_before = key_rotation.count_rows_under_old_keys()
print(json.dumps([unread, lost, sealed_before, len(verify_journal().flaws), Person.objects.count()]))
"""


def prove(ask: ProofRequest) -> ProofResult:
    """Change the key again and again beside two sites at work; take the old one out each time."""
    rounds, people = (
        ask.number_for_size(trial=1, quick=2, floor=4, full=20),
        ask.number_for_size(trial=300, quick=800, floor=2_000, full=20_000),
    )
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as folder, fresh_database(ask.database) as url:
        run = _Runner(Path(folder), url)
        run.run_python(PREPARE.format(people=people))
        names, sites = set(), run.start_sites()
        for number in range(rounds):
            run.run_plp_command("rotate-keys")
            names.add((Path(folder) / "secrets" / "field_key").read_text())
            if number + 1 < rounds:
                run.run_plp_command("rotate-keys", "--retire")
            print_progress(f"{number + 1} of {rounds} keys")
        told = [json.loads(run.wait_for_output(site, "stop\n")) for site in sites]
        unread, lost, left, flaws, everyone = json.loads(run.run_python(TAKE_OUT + COUNT))
    return ProofResult(
        rounds,
        f"new field keys over {people:,} people, beside {SITES} sites that took in {everyone - people:,} more and read "
        f"{sum(site['read'] for site in told):,} times",
        (
            Figure("different keys", len(names), floor=rounds, goal=rounds, most=False),
            Figure("people the sites took in", everyone - people, floor=1, goal=1, most=False),
            Figure("reads that failed meanwhile", sum(site["errors"] for site in told), floor=0, goal=0),
            Figure("rows that an old key still seals", sum(left.values()), floor=0, goal=0),
            Figure("rows that open no more", unread, floor=0, goal=0),
            Figure("contacts not found by their address", lost, floor=0, goal=0),
            Figure("flaws in the journal", flaws, floor=0, goal=0),
        ),
        details={"sites": told},
    )


class _Runner:
    """Commands of the platform on a data folder of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PLP_")}
        self.environment = kept | {"PLP_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "plp.server.settings"}
        if database:
            self.environment["PLP_DATABASE_URL"] = database

    def _start_python_process(self, *words: str) -> subprocess.Popen[str]:
        pipe: Any = subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )

    def run_python(self, source: str) -> str:
        """What a few lines print."""
        return self.wait_for_output(self._start_python_process("-c", f"import django; django.setup()\n{source}"))

    def run_plp_command(self, *words: str) -> str:
        """``./plp`` with these words."""
        return self.wait_for_output(self._start_python_process("-m", "plp.ops.cli", *words))

    def wait_for_output(self, process: subprocess.Popen[str], word: str = "") -> str:
        """What a process prints, after it was told a word. It must end well."""
        said, complained = process.communicate(word, timeout=900)
        assert process.returncode == 0, complained[-2000:]
        return said

    def start_sites(self) -> list[subprocess.Popen[str]]:
        """Sites at work, each after it has begun."""
        source = "import django; django.setup(); from proof.harness import registrations as site; "
        source += "site.register_until_stopped()"
        return [self._start_python_process("-c", source) for _number in range(SITES)]
