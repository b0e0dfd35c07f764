"""What we are built from: what counts as a fault, and what does not."""

import subprocess
from pathlib import Path

import pytest

from plp.ops.cli import Failed
from plp.ops.release.commit import last_commit
from plp.ops.supply import advisories, locks, secrets_in_history, wheels

HASH = "    --hash=sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (["one==1.0 \\", f"{HASH} \\", HASH], 0),
        (["one[extra]==1.0 ; sys_platform == 'linux' \\", HASH], 0),
        (["one==1.0 \\", "two==2 \\", HASH], 1),
        (["one>=1.0 \\", HASH], 1),
        (["--find-links somewhere", "one==1.0 \\", HASH], 1),
    ],
)
def test_a_lock_is_packages_at_one_version_with_hashes(lines: list[str], faults: int, tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("\n".join(lines))

    assert len(locks.faults_of_lock_file(lock)) == faults


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        ("AGE-SECRET-" + "KEY-1" + "Q" * 58, ["age key"]),
        ("-----BEGIN " + "PRIVATE KEY-----\n" + "A" * 120, ["private key"]),
        ("smtps://us" + "er:hunter2hunter2@mail.zone.be", ["password in an address"]),
        ("postgresql://us" + "er:password@host:5432/name", []),
        ("smtp://us" + "er:secret-word@mail.example.be", []),
        ("nothing of the kind", []),
    ],
)
def test_what_looks_like_a_secret(content: str, kinds: list[str]) -> None:
    assert secrets_in_history.kinds_of_secret_in(content.encode()) == kinds


def test_a_package_nobody_could_ask_about_is_not_called_safe() -> None:
    answer = {
        "dependencies": [
            {"name": "one", "version": "1", "vulns": [{"id": "PYSEC-1"}]},
            {"name": "two", "version": "2", "vulns": []},
            {"name": "three", "skip_reason": "not reached"},
        ]
    }

    assert advisories.parse_audit(answer) == advisories.KnownVulnerabilities(2, ("one 1: PYSEC-1",))


def test_a_secret_that_was_taken_out_again_stands_in_the_history_still(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        own = ["-c", "user.name=Ada Exemple", "-c", "user.email=ada@plp.test"]
        subprocess.run(["git", *own, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "--quiet")
    key = tmp_path / "notes" / "key.txt"
    key.parent.mkdir()
    for content in ("AGE-SECRET-" + "KEY-1" + "Q" * 58, "nothing of the kind", "x" * (secrets_in_history.LARGEST + 1)):
        key.write_text(content, encoding="utf-8")
        git("add", "--all")
        git("commit", "--quiet", "--message", "notes: Change")

    (found,) = secrets_in_history.secrets_found_in_git_history(tmp_path)

    assert found.startswith("age key in ")
    assert found.endswith(" (notes/key.txt)")


def test_what_cannot_be_built_is_told_in_one_sentence(tmp_path: Path) -> None:
    own = ["git", "-c", "user.name=Ada Exemple", "-c", "user.email=ada@plp.test"]
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "CHANGELOG.md").write_text("## 1.0.0\n\nA house without a plan.\n")
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "house: Begin"]):
        subprocess.run([*own, *words], cwd=repository, check=True, capture_output=True)

    with pytest.raises(Failed, match="The wheel was not built: "):
        wheels.build_wheel(repository, tmp_path, folder="copy", commit=last_commit(repository))
