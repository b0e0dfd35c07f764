"""The commit that a release is made from, and what speaks against it."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from plp.ops.cli import Failed

HEADING = re.compile(r"^## (\d+\.\d+\.\d+)\b.*$", re.MULTILINE)


@dataclass(frozen=True)
class Commit:
    """A commit: its key (hexadecimal), its time (seconds since 1970), and the version its CHANGELOG begins with."""

    key: str
    at: int
    version: str

    @property
    def release_file_stem(self) -> str:
        """What the files of the release are called."""
        return f"plp-{self.version}"


def git_output(root: Path, *arguments: str) -> str:
    """What git answers, without the last line break. Raises ``Failed`` where it knows no answer, or is missing."""
    try:
        ended = subprocess.run(  # noqa: S603 - our own arguments
            ["git", *arguments],  # noqa: S607 - the git of whoever builds
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        raise Failed("This needs git and a clone with its history: an unpacked archive has none.") from error
    return ended.stdout.rstrip("\n")


def last_commit(root: Path) -> Commit:
    """The last commit. Raises ``Failed`` without a history, or without a version in its CHANGELOG."""
    key = git_output(root, "rev-parse", "HEAD")
    heading = HEADING.search(git_output(root, "show", f"{key}:CHANGELOG.md"))
    if heading is None:
        raise Failed("CHANGELOG.md has no heading with a version, such as: ## 1.2.3")
    return Commit(key, int(git_output(root, "log", "-1", "--format=%ct", key)), heading[1])


def refuse_unreleasable_commit(root: Path, commit: Commit, *, into: Path) -> None:
    """Raise ``Failed`` if the folder is not what was committed, or the version was given out already.

    ``into``: where the release goes; what lies there does not count.
    """
    target = into.resolve()
    apart = [f":(exclude){target.relative_to(root)}"] if target.is_relative_to(root) and target != root else []
    changed = [line[3:] for line in git_output(root, "status", "--porcelain", "--", ".", *apart).splitlines()]
    if changed:
        raise Failed(
            f"Commit these first, or put them away, so that the release is what is known: {', '.join(changed)}"
        )
    tag = f"v{commit.version}"
    if git_output(root, "tag", "--list", tag) and git_output(root, "rev-parse", f"{tag}^{{commit}}") != commit.key:
        raise Failed(
            f"Version {commit.version} was released from another commit ({tag}): begin CHANGELOG.md with a heading for "
            "the next one."
        )


def count_new_migrations(root: Path, commit: Commit) -> int | None:
    """How many steps of the database came since the release before; ``None`` where there was none."""
    own = f"v{commit.version}"
    before = [
        tag for tag in git_output(root, "tag", "--merged", commit.key, "--sort=-version:refname").split() if tag != own
    ]
    released = [tag for tag in before if re.fullmatch(r"v\d+\.\d+\.\d+", tag)]
    if not released:
        return None
    added = git_output(root, "diff", "--name-only", "--diff-filter=A", released[0], commit.key, "--", "src/plp")
    return len(re.findall(r"/migrations/\d\w+\.py$", added, re.MULTILINE))
