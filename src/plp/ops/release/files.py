"""The files of a release, made anew from a commit: archive, wheel, list of parts, notes, checksums."""

import shutil
import tempfile
from pathlib import Path

from plp.ops.cli import Failed
from plp.ops.release.archive import source_archive
from plp.ops.release.checksums import SUMS, digest, listed
from plp.ops.release.commit import Commit, git, new_steps
from plp.ops.release.notes import notes
from plp.ops.schema import OLDEST
from plp.ops.supply import wheels
from plp.ops.supply.listing import bill

PLACES = ("one", "another-place")  # the second time elsewhere: no file may tell where it was made


def make_twice(root: Path, commit: Commit, into: Path) -> list[Path]:
    """Make every file two times, in two places, and put them into a folder. Raises ``Failed`` if they differ, or if
    other files of the same names lie there.
    """
    with tempfile.TemporaryDirectory(prefix="plp-release-") as name:
        first, second = (_make(root, commit, Path(name), place) for place in PLACES)
        others = [one.name for one, two in zip(first, second, strict=True) if digest(one) != digest(two)]
        if others:
            raise Failed(f"Made twice, these files differ: {', '.join(others)}. Nothing was written.")
        into.mkdir(parents=True, exist_ok=True)
        older = [
            file.name for file in first if (into / file.name).exists() and digest(into / file.name) != digest(file)
        ]
        if older:
            raise Failed(f"{into} holds other files of these names: {', '.join(older)}. Name an empty folder.")
        return [Path(shutil.copyfile(file, into / file.name)) for file in first]


def _make(root: Path, commit: Commit, scratch: Path, place: str) -> list[Path]:
    folder = scratch / f"{place}-files"
    folder.mkdir()
    archive, parts, words = (folder / f"{commit.name}{end}" for end in (".tar.gz", ".cdx.json", "-notes.md"))
    archive.write_bytes(source_archive(root, commit))
    built = wheels.build(root, scratch, folder=place, commit=commit)
    wheel = Path(shutil.copyfile(built, folder / built.name))
    parts.write_text(bill(root / "requirements.lock", commit) + "\n", encoding="utf-8")
    changelog = git(root, "show", f"{commit.key}:CHANGELOG.md")
    words.write_text(notes(changelog, commit, steps=new_steps(root, commit), oldest=OLDEST), encoding="utf-8")
    made = [archive, wheel, parts, words]
    sums = folder / SUMS
    sums.write_text(listed(made), encoding="utf-8")
    return [*made, sums]
