"""Setting a database up, for real and in a process of its own: two seconds, once."""

import os
import subprocess
from pathlib import Path

from plp.ops.house import OWN_COMMAND, clean_environment


def test_a_new_database_is_set_up_once(tmp_path: Path) -> None:
    with clean_environment() as environment:
        environment |= {"PLP_HOME": str(tmp_path / "home"), "LC_ALL": "C"}

        def start(*arguments: str) -> subprocess.CompletedProcess[str]:
            command = [*OWN_COMMAND, *arguments]
            return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path, check=False)

        before, idle, first, second, after = (
            start("web"),
            start("worker", "--once"),
            start("migrate"),
            start("migrate"),
            start("migrate", "--check"),
        )

    assert (before.returncode, idle.returncode) == (1, 1)
    assert before.stderr.strip().endswith("steps of this version: run ./plp migrate first.")
    assert idle.stderr == before.stderr
    assert (first.returncode, second.returncode, after.returncode) == (0, 0, 0), first.stderr
    assert second.stderr == after.stderr == "plp: The database is up to date.\n"
    assert os.stat(tmp_path / "home").st_mode & 0o077 == 0
