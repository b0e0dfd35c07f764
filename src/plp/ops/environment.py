"""Where things stand on this machine: the checkout, the programs, a throw-away data folder."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import plp
from plp.ops.cli import Failed

PACKAGE = Path(plp.__file__).resolve().parent
PLACES = ("/usr/bin", "/usr/sbin", "/usr/lib/kannel/test")
OWN_COMMAND = (sys.executable, "-P", "-m", "plp.ops.cli")
NOT_PASSED_ON = ("PLP_", "DJANGO_", "PYTHONDONTWRITEBYTECODE")


def repository_root() -> Path:
    """The root of the repository this code runs from. Raises ``Failed`` for an installed wheel, which has none."""
    for folder in PACKAGE.parents:
        if (folder / "requirements-dev.lock").is_file():
            return folder
    raise Failed("This needs the repository: an installed plp carries neither the tests nor the tools.")


def find_program(name: str) -> str | None:
    """The path of ``name``, looked for where daemons and Debian's Kannel tools live too."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *PLACES]))


@contextmanager
def environment_with_throw_away_data_folder(**more: str) -> Iterator[dict[str, str]]:
    """An environment without ``PLP_`` and ``DJANGO_`` settings but ``more``; its data folder is thrown away.

    What a process compiled is kept for the next one, which would else compile all of it again.
    """
    with tempfile.TemporaryDirectory(prefix="plp-") as home:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)}
        own_tools = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        yield inherited | {"PATH": own_tools, "PLP_HOME": home} | more
