"""When the set-up cannot go on: one sentence that says what to do, and the next start works."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.launcher.clone import Clone, make

NETWORK = "plp: The packages cannot be fetched: check that this machine reaches the network"
DISK = "plp: The disk is full: free about 500 MB"
HASH = "plp: A package that came in is not the one that was locked (its hash differs), so nothing was installed"
RIGHTS = "plp: plp may not write in "


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone with a pretended uv."""
    return make(tmp_path)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("error: Failed to fetch: `https://x/`\n  Caused by: dns error: Temporary failure in name resolution", NETWORK),
        (
            "ERROR: Could not find a version that satisfies the requirement django\nERROR: No matching distribution",
            NETWORK,
        ),
        ("error: failed to write to file `/x`: No space left on device (os error 28)", DISK),
        ("  x Failed to read `django==6.1`\n  Hash mismatch for `django==6.1`", HASH),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", HASH),
        ("error: failed to create directory `/x`: Permission denied (os error 13)", RIGHTS),
    ],
)
def test_trouble_is_one_sentence(clone: Clone, said: str, sentence: str) -> None:
    (clone.bin / "says").write_text(said)

    ended = clone.start("doctor")

    assert (ended.returncode, ended.stdout) == (1, "")
    told = ended.stderr.splitlines()[1:]
    assert len(told) == 1
    assert told[0].startswith(sentence)


def test_what_nobody_foresaw_is_shown(clone: Clone) -> None:
    (clone.bin / "says").write_text("something\nelse")

    told = clone.start("doctor").stderr.splitlines()[1:]

    assert told[:2] == ["something", "else"]
    assert told[2].startswith("plp: The set-up stopped on the lines above")


def test_the_next_start_works_once_the_trouble_is_over(clone: Clone) -> None:
    (clone.bin / "says").write_text("No space left on device")
    clone.start("doctor")
    (clone.bin / "says").unlink()

    ended = clone.start("doctor")

    assert (ended.returncode, ended.stdout) == (0, f"ran -P -m plp.ops.cli doctor in {clone.root}/var\n")


def test_debug_shows_what_the_installer_says(clone: Clone) -> None:
    (clone.bin / "says").write_text("the whole story\n")
    clone.environment["PLP_DEBUG"] = "1"

    assert "the whole story" in clone.start("doctor").stderr


def as_somebody_else() -> dict[str, object]:
    """Options to start a process as a user without rights; as ourselves when we have none either."""
    return {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}


def open_up(folder: Path) -> None:
    """Let everybody enter the folders that pytest made above ``folder``."""
    for above in folder.parents:
        if above == Path(tempfile.gettempdir()):
            break
        above.chmod(0o755)


def test_a_folder_one_may_not_write_in(clone: Clone) -> None:
    open_up(clone.root)
    clone.root.chmod(0o555)

    ended = clone.start("doctor", cwd="/", **as_somebody_else())

    clone.root.chmod(0o755)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines()[-1].startswith(f"{RIGHTS}{clone.root}: ")


def test_a_folder_one_may_not_write_in_serves_once_it_is_set_up(clone: Clone) -> None:
    clone.start("doctor")
    open_up(clone.root)

    ended = clone.start("doctor", cwd="/", **as_somebody_else())

    assert (ended.returncode, ended.stderr) == (0, "")
