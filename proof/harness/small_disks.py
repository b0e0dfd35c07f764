"""Small disks that can be cut off from their power, or filled: mounted from an image or from memory. For root alone."""

import errno
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TURNS = 100  # of filling a disk on which others write


def _run_or_raise(*words: str) -> None:
    ended = subprocess.run(words, check=False, capture_output=True, text=True)
    if ended.returncode:
        raise RuntimeError(
            f"{words[0]}: {ended.stderr.strip()} This proof mounts small disks: run it as root, on a machine (not in a "
            "container) that may mount."
        )


def _unmount_once_unused(place: Path) -> None:
    """Unmount, as soon as those who were killed have let go."""
    until = time.monotonic() + 60
    while subprocess.run(["umount", str(place)], check=False, capture_output=True).returncode:
        assert time.monotonic() < until, f"{place} is in use by {_open_files_below(place)}"
        time.sleep(0.05)


def _open_files_below(place: Path) -> list[str]:
    """The open files below a folder, with their processes."""
    found = []
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if (target := os.readlink(link)).startswith(str(place)):
                found.append(f"{link.parts[2]}: {target}")
    return found


class DiskImage:
    """A disk in a file, with ext4 on it, mounted at ``place``."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.place, self.file = folder / "disk", folder / "disk.img"
        self.place.mkdir()
        with self.file.open("wb") as file:
            file.truncate(megabytes * 1_000_000)
        _run_or_raise("mkfs.ext4", "-q", "-E", "lazy_itable_init=1", str(self.file))
        self._mount_image()

    def _mount_image(self) -> None:
        _run_or_raise("mount", "-o", "loop", str(self.file), str(self.place))

    def copy_image_as_after_power_cut(self) -> Path:
        """What a power cut at this moment would leave: a copy of what reached the disk."""
        copy = self.file.with_suffix(".cut")
        _run_or_raise("cp", "--sparse=always", str(self.file), str(copy))
        return copy

    def remount_from_copy(self, copy: Path) -> None:
        """Come up again as that copy: the file system reads its journal, as after a power cut."""
        _unmount_once_unused(self.place)
        os.replace(copy, self.file)
        self._mount_image()

    def close(self) -> None:
        """Let go of it."""
        _run_or_raise("umount", "--lazy", str(self.place))


@contextmanager
def disk_image(folder: Path, megabytes: int) -> Iterator[DiskImage]:
    """A mounted image, let go afterwards."""
    made = DiskImage(folder, megabytes)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def memory_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A disk in memory of that size, mounted at ``place``."""
    place.mkdir(parents=True, exist_ok=True)
    _run_or_raise("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "plp-proof", str(place))
    try:
        yield place
    finally:
        _run_or_raise("umount", "--lazy", str(place))


def fill_disk_with_ballast_file(place: Path) -> Path:
    """Take all room of a disk; answers the file to be removed.

    Who else writes there may be quicker: then what is left is measured anew.
    """
    ballast = place / "ballast"
    with ballast.open("wb") as file:
        for _ in range(TURNS):
            if (free := shutil.disk_usage(place).free) <= 0:
                return ballast
            with suppress(OSError):
                os.posix_fallocate(file.fileno(), 0, os.fstat(file.fileno()).st_size + free)
    raise OSError(errno.EBUSY, "others write faster than the ballast grows")
