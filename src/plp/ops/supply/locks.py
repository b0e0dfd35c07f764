"""The lock files: every package at one version, with hashes, from no named index (T48)."""

import re
from dataclasses import dataclass
from pathlib import Path

PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]+\])?==(\S+?)(?: ;.*)? \\$")
HASH = re.compile(r"^    --hash=sha256:([0-9a-f]{64})( \\)?$")


@dataclass(frozen=True)
class Package:
    """One locked package with the hashes of its files (SHA-256, hex)."""

    name: str
    version: str
    hashes: tuple[str, ...]


def packages_of_lock_file(lock: Path) -> list[Package]:
    """The packages of a lock file, in its order. Lines that are none are left out: see ``faults_of_lock_file``."""
    locked_packages: list[Package] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if pinned := PINNED.match(line):
            locked_packages.append(Package(pinned[1].lower(), pinned[2], ()))
        elif (hashed := HASH.match(line)) and locked_packages:
            last = locked_packages.pop()
            locked_packages.append(Package(last.name, last.version, (*last.hashes, hashed[1])))
    return locked_packages


def faults_of_lock_file(lock: Path) -> list[str]:
    """What is wrong with a lock file: a line that is neither package nor hash, a package without hashes."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    strange = [
        f"{lock.name}:{number}: neither a package at one version nor a hash"
        for number, line in enumerate(lines, start=1)
        if line.strip() and not PINNED.match(line) and not HASH.match(line)
    ]
    bare = [f"{lock.name}: {package.name} has no hash" for package in packages_of_lock_file(lock) if not package.hashes]
    return strange + bare
