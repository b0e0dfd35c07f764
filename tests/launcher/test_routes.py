"""Both ways to a real environment, from the lock files, as on a machine with nothing prepared."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plp.ops.commands.migrate import UP_TO_DATE
from tests.guards.tree import tracked
from tests.launcher.clone import LOCKS, ROOT, make, real_path


def path_with_uv(folder: Path) -> str:
    """The PATH of this machine, with the uv of our tools put before it where the machine has none."""
    if shutil.which("uv"):
        return real_path()
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--target", str(folder)]
    subprocess.run([*command, "-r", str(ROOT / LOCKS[-1])], check=True)
    return f"{folder / 'bin'}:{real_path()}"


@pytest.mark.index
@pytest.mark.long
@pytest.mark.timeout(1800)  # a busy machine compiles for minutes
@pytest.mark.parametrize("route", ["uv", "pip"])
def test_a_clone_becomes_a_working_plp(route: str, tmp_path: Path) -> None:
    clone = make(tmp_path)
    if route == "uv":
        unpack(clone.root)
    (tmp_path / "home").mkdir()
    mirrors = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_"))}
    path = path_with_uv(tmp_path / "tools") if route == "uv" else real_path(without_uv=True)
    clone.environment = mirrors | {"PATH": path, "HOME": str(tmp_path / "home")}

    ended = clone.start("--help", cwd="/", timeout=None)

    if "cannot be fetched" in ended.stderr:
        pytest.skip("the package index cannot be reached from here")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("Usage: ./plp <command> [options]")
    assert (clone.root / ".venv" / "bin" / "plp").is_file()
    assert (clone.root / ".venv" / "bin" / "pip").exists() == (route == "pip")
    assert not uncompiled(clone.root / "src")
    assert len(list(clone.root.glob("src/plp/locale/*/LC_MESSAGES/django.mo"))) == 3
    assert not uncompiled(next((clone.root / ".venv" / "lib").glob("python*/site-packages/django")))
    if route == "uv":
        migrated = clone.start("migrate", cwd="/", timeout=None)
        assert (migrated.returncode, migrated.stderr.splitlines()[-1]) == (0, UP_TO_DATE), migrated.stderr


def unpack(root: Path) -> None:
    """Every file that a release holds, as whoever unpacks its archive has them: without a history."""
    for path in tracked():
        (root / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, root / path.relative_to(ROOT))


def uncompiled(folder: Path) -> set[Path]:
    """The modules below a folder that whoever may not write there would compile at each start."""
    modules = {path.parent / path.stem for path in folder.rglob("*.py")}
    compiled = {path.parent.parent / path.name.split(".")[0] for path in folder.rglob("__pycache__/*.pyc")}
    assert modules
    return modules - compiled
