"""A clone of the repository in a folder of its own, with tools that only pretend: nothing is fetched."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from plp.ops.environment import PACKAGE

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = ROOT / "plp"
FILES = (
    "pyproject.toml",
    "CHANGELOG.md",
    "README.md",
    "build_dependencies.py",
    "build_catalogues.py",
    "requirements.in",
)
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-tools.lock")
TOOLS = (
    "sh",
    "dirname",
    "cksum",
    "cat",
    "head",
    "tail",
    "touch",
    "mkdir",
    "mv",
    "rm",
    "flock",
    "sleep",
    "readlink",
    "chmod",
)

# Makes an "environment" whose python says what it was asked, and notes each call. What it says and when it fails is
# told by files beside it.
FAKE_UV = """#!/bin/sh
here=$(dirname "$0")
echo "$@" >>"$here/calls"
case $1 in --version) echo uv 1; exit 0 ;; esac
[ ! -e "$here/slow" ] || sleep "$(cat "$here/slow")"
[ ! -e "$here/says" ] || { cat "$here/says" >&2; exit 1; }
[ "$1" = venv ] || exit 0
for folder in "$@"; do :; done
mkdir -p "$folder/bin"
cp "$here/fake-python" "$folder/bin/python"
"""
FAKE_PYTHON = """#!/bin/sh
[ "$1" != -c ] || exit 0
echo "ran $* in $PLP_HOME"
"""


@dataclass
class Clone:
    """A clone and the tools on its PATH."""

    root: Path
    bin: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def launcher(self) -> Path:
        """The script that is started."""
        return self.root / LAUNCHER.name

    def give(self, name: str, script: str) -> None:
        """Put a program on the PATH."""
        path = self.bin / name
        path.write_text(script)
        path.chmod(0o755)

    def start(self, *arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
        """Start the launcher and wait for its end."""
        options: dict = {"env": self.environment, "capture_output": True, "text": True, "timeout": 200} | more
        return subprocess.run([self.launcher, *arguments], check=False, **options)

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the launcher in a session of its own, ready for Ctrl-C as in a terminal, and do not wait."""
        return subprocess.Popen(
            [self.launcher, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - run in the background it is ignored
        )

    def calls(self, word: str) -> list[str]:
        """What the pretended uv was asked, of the kind ``word``."""
        log = self.bin / "calls"
        return [line for line in log.read_text().splitlines() if line.startswith(word)] if log.exists() else []


def make(folder: Path, *, with_uv: bool = True) -> Clone:
    """A clone under ``folder``, in a path with a space, whose PATH holds coreutils and, if asked, the pretended uv."""
    root, tools = folder / "a clone", folder / "bin"
    package = root / PACKAGE.relative_to(ROOT)
    (package / "ops").mkdir(parents=True)
    tools.mkdir()
    for name in (*FILES, *LOCKS):
        shutil.copy(ROOT / name, root)
    shutil.copy(LAUNCHER, root)
    for name in ("__init__.py", "ops/__init__.py", "ops/cli.py", "ops/error_sentences.py"):
        shutil.copy(PACKAGE / name, package / name)
    for name in ("ops/commands", "ops/catalogues", "locale"):
        shutil.copytree(PACKAGE / name, package / name, ignore=shutil.ignore_patterns("*.mo"))
    for name in TOOLS:
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    (tools / "cp").symlink_to(str(shutil.which("cp")))
    clone = Clone(root, tools, {"PATH": str(tools)})
    clone.give("fake-python", FAKE_PYTHON)
    if with_uv:
        clone.give("uv", FAKE_UV)
    return clone


def real_path(*, without_uv: bool = False) -> str:
    """The PATH of this machine; without uv, only the system's own folders."""
    return "/usr/local/bin:/usr/bin:/bin" if without_uv else os.environ["PATH"]
