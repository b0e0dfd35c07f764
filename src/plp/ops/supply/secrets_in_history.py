"""Secrets in the whole history of the repository: keys and passwords that look like real ones (T49)."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

# What a secret looks like. Each is written so that it does not find itself.
SIGNS: dict[str, re.Pattern[bytes]] = {
    "private key": re.compile(rb"-----BEGIN [A-Z ]*PRIVATE[ ]KEY-----\s+[A-Za-z0-9+/=\s]{100,}"),
    "age key": re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{50,}"),
    "cloud key": re.compile(rb"\bAKIA[0-9A-Z]{16}\b"),
    "forge token": re.compile(rb"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20,})\b"),
    "chat token": re.compile(rb"\bxox[abp]-[0-9A-Za-z-]{20,}"),
    "payment key": re.compile(rb"\bsk_live_[0-9a-zA-Z]{20,}"),
    "password in an address": re.compile(
        rb"\b(?:postgres(?:ql)?|smtps?|imaps?|smpp|https?)://[A-Za-z0-9._%+-]+:[A-Za-z0-9._%+-]{8,}@"
        rb"(?!127\.|localhost|\[?::1|[a-z0-9.-]*example\.|[a-z0-9.-]*\.test\b|host\b|server\b|db\b)[a-z0-9.-]+"
    ),
}
LARGEST = 2_000_000  # bytes of a file that is looked at


def kinds_of_secret_in(content: bytes) -> list[str]:
    """Which kinds of secret stand in ``content``."""
    return [kind for kind, sign in SIGNS.items() if sign.search(content)]


def secrets_found_in_git_history(root: Path) -> list[str]:
    """Every file of every commit that holds something like a secret: "kind in object (path)"."""
    paths = _objects_in_history(root)
    return [
        f"{kind} in {key[:12]} ({paths[key]})"
        for key, content in _file_contents(root, list(paths))
        for kind in kinds_of_secret_in(content)
    ]


def _objects_in_history(root: Path) -> dict[str, str]:
    """The keys of everything in the history, with a path under which each was kept."""
    listed = subprocess.run(
        ["git", "rev-list", "--objects", "--all"],  # noqa: S607 - the git of whoever checks
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return dict(line.split(" ", 1) for line in listed.splitlines() if " " in line)


def _file_contents(root: Path, keys: list[str]) -> Iterator[tuple[str, bytes]]:
    """The files behind the keys, those of a usual size."""
    with subprocess.Popen(
        ["git", "cat-file", "--batch"],  # noqa: S607 - the git of whoever checks
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as reader:
        if reader.stdin is None or reader.stdout is None:
            return
        for key in keys:
            reader.stdin.write(f"{key}\n".encode())
            reader.stdin.flush()
            _name, kind, size = reader.stdout.readline().split()
            content = reader.stdout.read(int(size) + 1)
            if kind == b"blob" and int(size) <= LARGEST:
                yield key, content
        reader.stdin.close()
