"""Checksums of the files of a release, in the form that ``sha256sum --check`` reads."""

import hashlib
from pathlib import Path

from plp.ops.cli import Failed

SUMS = "SHA256SUMS"


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def checksum_lines(files: list[Path]) -> str:
    """A line for each file, in the order of their names."""
    return "".join(f"{sha256_of(file)}  {file.name}\n" for file in sorted(files))


def refuse_wrong_checksum(file: Path, sums: Path) -> None:
    """Raise ``Failed`` unless ``sums`` names the file with its very checksum."""
    if not sums.is_file():
        raise Failed(
            f"{sums} is missing: fetch it with the archive, its checksums are compared before anything is done."
        )
    lines = (line.split(maxsplit=1) for line in sums.read_text(encoding="utf-8").splitlines() if line.strip())
    checksums = {name.lstrip("*"): own for own, name in lines}
    if file.name not in checksums:
        raise Failed(f"{sums} does not name {file.name}: fetch both from the same release.")
    if checksums[file.name] != sha256_of(file):
        raise Failed(f"{file.name} is not the file that {sums} names (its checksum differs): fetch it again.")
