"""The files of a release, made anew from a commit: archive, wheel, list of parts, notes, checksums."""

import shutil
import tempfile
from pathlib import Path

from plp.ops.cli import Failed
from plp.ops.release.archive import compressed_source_archive
from plp.ops.release.checksums import SUMS, checksum_lines, sha256_of
from plp.ops.release.commit import Commit, count_new_migrations, git_output
from plp.ops.release.notes import release_notes
from plp.ops.schema import OLDEST
from plp.ops.supply import wheels
from plp.ops.supply.bill_of_materials import bill_of_materials

PLACES = ("one", "another-place")  # the second time elsewhere: no file may tell where it was made


def make_release_files(root: Path, commit: Commit, into: Path) -> list[Path]:
    """Make every file two times, in two places, and put them into a folder. Raises ``Failed`` if they differ, or if
    other files of the same names lie there.
    """
    with tempfile.TemporaryDirectory(prefix="plp-release-") as name:
        first, second = (_make_release_files_once(root, commit, Path(name), place) for place in PLACES)
        differing = [
            first_file.name
            for first_file, two in zip(first, second, strict=True)
            if sha256_of(first_file) != sha256_of(two)
        ]
        if differing:
            raise Failed(f"Made twice, these files differ: {', '.join(differing)}. Nothing was written.")
        into.mkdir(parents=True, exist_ok=True)
        older = [
            file.name
            for file in first
            if (into / file.name).exists() and sha256_of(into / file.name) != sha256_of(file)
        ]
        if older:
            raise Failed(f"{into} holds other files of these names: {', '.join(older)}. Name an empty folder.")
        return [Path(shutil.copyfile(file, into / file.name)) for file in first]


def _make_release_files_once(root: Path, commit: Commit, scratch: Path, folder_name: str) -> list[Path]:
    folder = scratch / f"{folder_name}-files"
    folder.mkdir()
    archive, parts, words = (
        folder / f"{commit.release_file_stem}{end}" for end in (".tar.gz", ".cdx.json", "-notes.md")
    )
    archive.write_bytes(compressed_source_archive(root, commit))
    built = wheels.build_wheel(root, scratch, folder=folder_name, commit=commit)
    wheel = Path(shutil.copyfile(built, folder / built.name))
    parts.write_text(bill_of_materials(root / "requirements.lock", commit) + "\n", encoding="utf-8")
    changelog = git_output(root, "show", f"{commit.key}:CHANGELOG.md")
    words.write_text(
        release_notes(changelog, commit, steps=count_new_migrations(root, commit), oldest=OLDEST), encoding="utf-8"
    )
    release_files = [archive, wheel, parts, words]
    sums = folder / SUMS
    sums.write_text(checksum_lines(release_files), encoding="utf-8")
    return [*release_files, sums]
