"""Libraries that are loaded when they are used."""

import subprocess
import sys

import pytest

from plp import documents
from plp.toolbox.lazy_import import lazy_import

HEAVY = "shapely", "numpy", "pypdf", "pyhanko", "xlsxwriter", "docx", "pptx", "icalendar", "dns.resolver", "typst"
OF_SENDING = "aiohttp", "requests", "jwt", "cryptography.x509"  # of those who send to others by their own ways
OF_PAGES = "PIL", "markdown_it", "lxml", "phonenumbers", "stdnum", "plp.documents.paper", "plp.wording.detectors"
OUTSIDE_PAGES = HEAVY + OF_SENDING + OF_PAGES
PARTS = [("pages", HEAVY + OF_SENDING), ("rooms", OUTSIDE_PAGES), ("worker", OUTSIDE_PAGES)]
START = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plp.server.settings")
from plp.ops.cli import set_up_django
set_up_django()
part = sys.argv.pop(1)
if part == "worker":
    from plp.ops.commands import worker
if part == "pages":
    from plp.ops.commands import up
    up.web.preload_pages_before_fork()
print(*(name for name in sys.argv[1:] if type(sys.modules.get(name)).__name__ == "module"))
"""


def test_a_library_is_loaded_when_something_of_it_is_asked_for() -> None:
    code = (
        "from plp.toolbox.lazy_import import lazy_import; made = lazy_import('wave');"
        "print(type(made).__name__, bool(made.open), type(made).__name__)"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert told.split() == ["_LazyModule", "True", "module"]


def test_one_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        lazy_import("no_such_library")


@pytest.mark.parametrize(("part", "names"), PARTS)
def test_a_start_loads_nothing_heavy(part: str, names: tuple[str, ...]) -> None:
    """A second or two: a whole start, in a process of its own; the rooms alone are what each command begins with."""
    command = [sys.executable, "-c", START, part, *names]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert told.split() == []


def test_what_the_documents_name_is_there_when_it_is_asked_for() -> None:
    assert [name for name in documents.__all__ if not hasattr(documents, name)] == []
    assert {*documents.BESIDE_BLOCKS} <= {*documents.__all__}
    assert not hasattr(documents, "nothing_of_the_kind")
