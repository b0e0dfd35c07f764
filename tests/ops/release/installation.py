"""An installation below a folder, with small releases that only note what they are asked; systemd pretends, too."""

import io
import os
import tarfile
from pathlib import Path

from plp.ops.environment import repository_root
from plp.ops.release.checksums import SUMS, checksum_lines
from plp.ops.release.folders import ReleaseFolders

# Notes each command with the version; "help" makes the environment, whose python tells the oldest version.
PLP = """#!/bin/sh
here=$(cd -P "$(dirname "$0")" && pwd -P)
echo "$(basename "$here") $*" >>"$CALLS"
[ "$1" != "$FAILS" ] || exit 1
[ "$1" = help ] || exit 0
mkdir -p "$here/.venv/bin"
printf '#!/bin/sh\\necho %s\\n' OLDEST >"$here/.venv/bin/python"
chmod 755 "$here/.venv/bin/python"
"""
RUNUSER = '#!/bin/sh\nshift 3\nexec "$@"\n'
SYSTEMCTL = """#!/bin/sh
echo "systemctl $*" >>"$CALLS"
[ "$1" != "$FAILS" ] || exit 1
[ "$1" != "$(cat "$CALLS-fails-once" 2>/dev/null)" ] || { rm "$CALLS-fails-once" && exit 1; }
"""
UNIT = "[Service]\nExecStart=/opt/plp/current/plp web\n# {version}\n"


def archive_of(folder: Path, version: str, *, oldest: str = "0.1.0", sums: bool = True) -> Path:
    """The archive of a small release, with its checksums beside it."""
    folder.mkdir(exist_ok=True)
    file = folder / f"plp-{version}.tar.gz"
    contents = {
        "plp": PLP.replace("OLDEST", oldest),
        "deploy/plp": (repository_root() / "deploy" / "plp").read_text(),
        "deploy/systemd/plp-web.service": UNIT.format(version=version),
    }
    with tarfile.open(file, "w:gz") as archive:
        for name, text in contents.items():
            entry = tarfile.TarInfo(f"plp-{version}/{name}")
            entry.size, entry.mode = len(text), 0o755
            archive.addfile(entry, io.BytesIO(text.encode()))
    if sums:
        (folder / SUMS).write_text(checksum_lines([file]))
    return file


def install(root: Path, *versions: str) -> ReleaseFolders:
    """An installation in which these releases follow each other; the last one runs."""
    folders = ReleaseFolders(root.resolve())
    folders.releases.mkdir(parents=True)
    for version in versions:
        folders.make_current(folders.unpack(archive_of(root / "fetched", version)))
    return folders


def give(folder: Path, name: str, script: str) -> str:
    """A program in a folder of its own; the PATH that finds it first."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(script)
    (folder / name).chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"
