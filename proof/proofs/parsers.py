"""Files that strangers send: fuzzed parser by parser, and sent to a running site while others read pages (T30, G10)."""

import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from proof.harness.seeded_data import ROOT, probe_in_process, seeded_home
from proof.probes.parser_fuzzer import TARGETS, is_answered_in_sandbox
from proof.result import Figure, ProofRequest, ProofResult, print_progress

AT_ONCE = 2  # parsers fuzzed side by side
MOST_STARTS = 5  # of one parser: after a find it goes on with another seed
LEAST, MEMORY = 20_000, 256  # inputs a parser; MB
UNITS = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
WHY = re.compile(r"Uncaught Python exception: ===\n.{1,1500}|ERROR: libFuzzer: [\w ]+", re.DOTALL)


@dataclass
class Fuzzed:
    """What came of one parser. ``finds``: inputs that ended it; ``unforeseen``: how many of them not by a limit."""

    name: str
    inputs: int = 0
    peak: int = 0
    finds: list[bytes] = field(default_factory=list)
    unforeseen: int = 0


def prove(ask: ProofRequest) -> ProofResult:
    """Fuzz, then send what is known to hurt."""
    number = ask.number_for_size(trial=300, quick=1_500, full=LEAST)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        fuzzed = list(pool.map(lambda name: fuzz_parser(name, number, ask.seed), TARGETS))
    for one in fuzzed:
        for find in one.finds:
            print_progress(f"{one.name}: {find[:200]!r}")
    silent = [find for one in fuzzed for find in one.finds if not is_answered_in_sandbox(one.name, find)]
    with seeded_home() as home:
        site = probe_in_process(home, "proof.probes.hostile_uploads", ask, minutes=60)
    least = min(one.inputs for one in fuzzed)
    figures = (
        Figure("parsers fuzzed", len(fuzzed)),
        Figure("inputs of the one with fewest", least, "", LEAST if ask.is_long else None, LEAST, most=False),
        Figure("inputs that ended their reader by a limit", sum(len(one.finds) - one.unforeseen for one in fuzzed)),
        Figure("inputs that failed in a way that nobody foresaw", sum(one.unforeseen for one in fuzzed), "", 0, 0),
        Figure("of all these not answered in words, or the next one neither", len(silent), "", 0, 0),
        Figure("most memory of a parser", max(one.peak for one in fuzzed), "MB", MEMORY, MEMORY),
    )
    whole = sum(one.inputs for one in fuzzed)
    return ProofResult(whole + site.n, "inputs of a parser, and files sent to a running site", figures + site.figures)


def fuzz_parser(name: str, number: int, seed: int) -> Fuzzed:
    """Try ``number`` inputs on one parser."""
    done = Fuzzed(name)
    begun = time.monotonic()
    for start in range(MOST_STARTS):
        if done.inputs >= number:
            break
        with tempfile.TemporaryDirectory(prefix="plp-proof-") as folder:
            Path(folder, "corpus").mkdir()
            options = [f"-runs={number - done.inputs}", f"-seed={seed + start}", "-max_len=20000"]
            command = [sys.executable, "-W", "ignore", "-m", "proof.probes.parser_fuzzer", name, folder, *options]
            said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
            units, peak = UNITS.search(said.stderr), Path(folder, "corpus.peak")
            if units is None:
                raise RuntimeError(f"{name}: {said.stderr[-2000:]}")
            done.inputs += int(units[1])
            done.peak = max(done.peak, int(peak.read_text()) // 1024)
            found = [path for path in Path(folder).iterdir() if path.is_file() and path != peak]
            done.finds += [path.read_bytes() for path in found]
            if found:
                is_crash = any(path.name.startswith("crash-") for path in found)  # else it took too long
                done.unforeseen += is_crash and "memory allocation of" not in said.stderr
                why = WHY.search(said.stderr)
                print_progress(f"{name}: {why[0] if why else said.stderr[-500:]}")
    print_progress(f"{name}: {done.inputs:,} inputs, {done.peak} MB, {time.monotonic() - begun:.0f} s")
    return done
