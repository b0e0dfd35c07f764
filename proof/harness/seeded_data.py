"""A data folder with canaries, built once for all proofs of a day and copied for each; a process that looks at it."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from proof.result import ProofRequest, ProofResult, result_from_json

ROOT = Path(__file__).resolve().parents[2]
SEED = "proof"
NAME = "seed.json"  # in the data folder: what ``./plp seed`` wrote
ORIGIN = "https://plp.example.be"  # of a server that stands behind a proxy
MINUTES = 30  # for the building on a slow machine
LEFT_ALONE = 4 * 3600  # seconds since it was asked for: another tree, or a run since before midnight, may read it


def environment_of_data_folder(home: Path, **more: str) -> dict[str, str]:
    """What a process of this data folder is told, and nothing of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLP_")}
    return kept | {"PLP_HOME": str(home), "DJANGO_SETTINGS_MODULE": "plp.server.settings"} | more


@contextmanager
def seeded_home(*, plps: int = 3, members: int = 20) -> Iterator[Path]:
    """A copy of the data folder, one's own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as folder:
        own = Path(folder, "home")
        shutil.copytree(_get_or_build_seeded_folder(plps, members), own)
        yield own


def _get_or_build_seeded_folder(plps: int, members: int) -> Path:
    """The folder to copy from: built by the first who asks, anew when the product changed or a day went by."""
    store = Path(tempfile.gettempdir(), f"plp-proof-canaries-{os.getuid()}")
    store.mkdir(mode=0o700, exist_ok=True)
    if store.stat().st_uid != os.getuid() or store.stat().st_mode & 0o077:
        raise RuntimeError(f"{store} belongs to somebody else: remove it.")
    folder = store / f"{_digest_of_day_and_sources()}-{plps}-{members}"
    with (store / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / NAME).exists():
            for old in store.iterdir():
                is_of_another_state = old.is_dir() and not old.name.startswith(_digest_of_day_and_sources())
                if is_of_another_state and old.stat().st_mtime < time.time() - LEFT_ALONE:
                    shutil.rmtree(old)
            _build_seeded_folder(folder, plps, members)
        os.utime(folder)
    return folder


def _digest_of_day_and_sources() -> str:
    """Of the day and of every line that makes the data."""
    found = sha256(f"{datetime.now(UTC).date()}".encode())
    canaries = ROOT / "proof" / "canaries"
    made_by = [ROOT / "proof" / "harness" / "repeatable_seed.py", *sorted(canaries.glob("*.py"))]
    for path in (*made_by, *sorted((ROOT / "src" / "plp").rglob("*.py"))):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _build_seeded_folder(folder: Path, plps: int, members: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    words = ["--plps", str(plps), "--members", str(members), "--canary", SEED, "--json", str(folder / "part")]
    command = [sys.executable, "-W", "ignore", "-m", "proof.harness.repeatable_seed", *words]
    steady = environment_of_data_folder(folder, PYTHONHASHSEED="0")
    made = subprocess.run(
        command, cwd=ROOT, env=steady, check=False, timeout=MINUTES * 60, capture_output=True, text=True
    )
    if made.returncode:
        raise RuntimeError(made.stderr[-2000:])
    (folder / "part").rename(folder / NAME)


def probe_in_process(home: Path, module: str, ask: ProofRequest, *, minutes: float = 60, **more: str) -> ProofResult:
    """Run ``run_probe(ask, seed)`` of a module in a process of its own, whose settings are those of the folder."""
    arguments = f"{module!r}, {ask.size.value!r}, {ask.seed}"
    line = "from proof.harness import seeded_data; " + f"seeded_data.run_probe_and_print_result({arguments})"
    command = [sys.executable, "-W", "ignore", "-c", line]
    made = subprocess.run(
        command,
        cwd=ROOT,
        env=environment_of_data_folder(home, **more),
        check=False,
        timeout=minutes * 60,
        stdout=subprocess.PIPE,
    )
    if made.returncode:
        raise RuntimeError(f"{module} broke off")
    return result_from_json(json.loads(made.stdout.decode().splitlines()[-1]))


def run_probe_and_print_result(module: str, size: str, number: int) -> None:
    """The other side of ``probe_in_process``: the answer is the last line of standard output."""
    import importlib  # noqa: PLC0415 - in the process that is started

    import django  # noqa: PLC0415

    django.setup()
    from proof.result import Size  # noqa: PLC0415
    from tests.factories.static_files import keep_static_files  # noqa: PLC0415

    keep_static_files()
    home = Path(os.environ["PLP_HOME"])
    found = importlib.import_module(module).run_probe(
        ProofRequest(Size(size), number), json.loads((home / NAME).read_text())
    )
    print(json.dumps(found.as_json()), flush=True)
