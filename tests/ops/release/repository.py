"""A small repository with a history, from which a release can be made."""

import subprocess
from pathlib import Path

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "plp"
dynamic = ["version"]

[tool.hatch.version]
path = "CHANGELOG.md"
pattern = "## (?P<version>\\\\d+\\\\.\\\\d+\\\\.\\\\d+)"

[tool.hatch.build.targets.wheel]
packages = ["src/plp"]
"""
LOCK = "one==1.0 \\\n    --hash=sha256:" + "a" * 64 + "\n"
CHANGELOG = """# Changelog

## 1.1.0

- **Lists are shorter.**

### For operators

Set `PLP_CONTACT`.

### For coordinators

Nothing.

## 1.0.0

The first one.
"""


def git(root: Path, *words: str) -> None:
    """Do something in the repository, as somebody."""
    own = ["git", "-c", "user.name=Ada Exemple", "-c", "user.email=ada@plp.test", "-c", "commit.gpgsign=false"]
    subprocess.run([*own, *words], cwd=root, check=True, capture_output=True)


def commit(root: Path, **files: str) -> None:
    """Write files (their names with ``__`` for a slash and ``_`` for a dot) and commit them."""
    for name, content in files.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "house: Change")


def make(root: Path) -> Path:
    """The repository, with one commit."""
    root.mkdir()
    git(root, "init", "--quiet")
    (root / "src" / "plp").mkdir(parents=True)
    (root / "src" / "plp" / "__init__.py").write_text('"""A house."""\n')
    (root / "plp").write_text("#!/bin/sh\necho here\n")
    (root / "plp").chmod(0o755)
    (root / ".gitignore").write_text("/dist/\n")
    for name, content in (("pyproject.toml", PROJECT), ("requirements.lock", LOCK), ("CHANGELOG.md", CHANGELOG)):
        (root / name).write_text(content, encoding="utf-8")
    commit(root)
    return root
