"""Checksums of the files of a release, in the form that ``sha256sum --check`` reads."""

import hashlib
from pathlib import Path

from plp.ops.cli import Failed

SUMS = "SHA256SUMS"


def digest(file: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def listed(files: list[Path]) -> str:
    """A line for each file, in the order of their names."""
    return "".join(f"{digest(file)}  {file.name}\n" for file in sorted(files))


def refuse_other(file: Path, sums: Path) -> None:
    """Raise ``Failed`` unless ``sums`` names the file with its very checksum."""
    if not sums.is_file():
        raise Failed(
            f"{sums} is missing: fetch it with the archive, its checksums are compared before anything is done."
        )
    lines = (line.split(maxsplit=1) for line in sums.read_text(encoding="utf-8").splitlines() if line.strip())
    told = {name.lstrip("*"): own for own, name in lines}
    if file.name not in told:
        raise Failed(f"{sums} does not name {file.name}: fetch both from the same release.")
    if told[file.name] != digest(file):
        raise Failed(f"{file.name} is not the file that {sums} names (its checksum differs): fetch it again.")
