"""A wheel holds the catalogues compiled, and neither their sources nor the library that compiles."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from plp.ops.environment import PACKAGE, repository_root

BUILT_FROM = ("pyproject.toml", "CHANGELOG.md", "README.md", "requirements.in", "build_dependencies.py")


@pytest.fixture
def wheel(tmp_path: Path) -> zipfile.ZipFile:
    """The wheel of a tree with the catalogues and what compiles them, as a release has it: nothing is compiled yet."""
    root = repository_root()
    for name in (*BUILT_FROM, "build_catalogues.py"):
        shutil.copy(root / name, tmp_path)
    package = tmp_path / PACKAGE.relative_to(root)
    for name in ("locale", "ops/catalogues"):
        shutil.copytree(PACKAGE / name, package / name, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    (package / "__init__.py").touch()
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    (file,) = (tmp_path / "dist").glob("*.whl")
    return zipfile.ZipFile(file)


def test_a_wheel_holds_each_catalogue_compiled(wheel: zipfile.ZipFile) -> None:
    names = [name for name in wheel.namelist() if name.startswith("plp/locale/")]

    assert sorted(names) == [f"plp/locale/{language}/LC_MESSAGES/django.mo" for language in ("de", "fr", "nl")]


def test_an_installed_wheel_needs_no_babel(wheel: zipfile.ZipFile) -> None:
    (metadata,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))

    assert "babel" not in wheel.read(metadata).decode().lower()
