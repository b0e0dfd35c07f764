"""Where the releases of an installation stand: one folder each, and links to the one that runs and the one before.

Below ``/opt/plp``: ``releases/0.4.0`` and ``releases/0.3.0``, ``current -> releases/0.4.0``, ``previous ->
releases/0.3.0``. A process keeps the folder it was started from; to move a link touches none.
"""

import fcntl
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from plp.ops.cli import Failed

TOP = re.compile(r"plp-(\d+\.\d+\.\d+)")


@dataclass(frozen=True)
class ReleaseFolders:
    """An installation below ``root``."""

    root: Path

    @property
    def releases(self) -> Path:
        """The folder of the folders."""
        return self.root / "releases"

    @property
    def current(self) -> Path:
        """The release that runs. Raises ``Failed`` where the link is missing."""
        release = self.release_behind("current")
        if release is None:
            raise Failed(f"{self.root / 'current'} means no release.")
        return release

    def release_behind(self, link: str) -> Path | None:
        """The release that ``current`` or ``previous`` means; ``None`` without that link."""
        path = self.root / link
        return path.resolve() if path.is_symlink() else None

    def set_link_to_release(self, link: str, release: Path) -> None:
        """Let a link mean another release, in one step of the file system."""
        new = self.root / f".{link}-new"
        new.unlink(missing_ok=True)
        new.symlink_to(release.relative_to(self.root))
        new.replace(self.root / link)

    def make_current(self, release: Path) -> None:
        """Let ``current`` mean this release, and ``previous`` the one that ran until now."""
        before = self.release_behind("current")
        if before is not None and before != release:
            self.set_link_to_release("previous", before)
        self.set_link_to_release("current", release)

    def unpack(self, archive: Path) -> Path:
        """Lay the archive of a release out; its folder stands there whole or not at all. Raises ``Failed``."""
        with tempfile.TemporaryDirectory(prefix=".unpacking-", dir=self.releases) as scratch:
            try:
                with tarfile.open(archive) as opened_archive:
                    opened_archive.extractall(scratch, filter="data")
            except (tarfile.TarError, EOFError) as error:
                raise Failed(f"{archive} is no archive of plp: fetch it again.") from error
            tops = [top for top in Path(scratch).iterdir() if TOP.fullmatch(top.name) and (top / "plp").is_file()]
            if len(tops) != 1:
                raise Failed(f"{archive} holds no release of plp: fetch plp-X.Y.Z.tar.gz.")
            release = self.releases / tops[0].name.removeprefix("plp-")
            if not release.exists():
                tops[0].rename(release)
        return release

    def delete_old_releases(self) -> list[Path]:
        """Delete every release but this one and the one before; answers which."""
        releases_in_use = {self.release_behind("current"), self.release_behind("previous")}
        old = [
            path for path in sorted(self.releases.iterdir()) if path.is_dir() and path.resolve() not in releases_in_use
        ]
        for path in old:
            shutil.rmtree(path)
        return old

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One upgrade at a time. Raises ``Failed`` during another one, or where we may not write."""
        if not os.access(self.root, os.W_OK):
            raise Failed(f"Only who owns {self.root} may do this: type it as root.")
        with (self.root / ".upgrade-lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Failed("Another upgrade is under way: wait for its end.") from error
            yield


def release_folders_of_installation(release: Path) -> ReleaseFolders:
    """The installation that a program belongs to. Raises ``Failed`` for one that stands elsewhere, as in a clone."""
    folders = ReleaseFolders(release.parent.parent)
    if release.parent != folders.releases or folders.release_behind("current") is None:
        raise Failed(
            f"{release} is no folder releases/X.Y.Z beside a link named current: docs/administration.md says how "
            "releases are laid out."
        )
    return folders
