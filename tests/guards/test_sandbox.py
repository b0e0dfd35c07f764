"""Bytes that strangers made are taken apart in the sandbox alone: nobody else imports a library that parses them."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module

import pytest

from plp.ops.environment import PACKAGE
from plp.sandbox.registry import PARSERS, STREAMS
from tests.guards.tree import sources

HOME = "sandbox/parsers/"
LIBRARIES = (  # of sheets, pictures, papers, mails, XML, calendars, archives
    "bz2 calamine csv defusedxml docx docxtpl email ezodf flufl gzip html.parser icalendar lxml lzma magic mailbox odf "
    "openpyxl pikepdf PIL plistlib pptx py7zr pyexcel pyhanko pypdf python_calamine quopri rarfile tablib tarfile "
    "vobject xlrd xml xlsx2csv zipfile zlib"
).split()
WRITERS = {  # who imports such a library all the same, and why it reads nothing foreign with it
    "alerts/cap/serializer.py: lxml": "writes CAP",
    "channels/email/channel.py: email": "takes apart the sender of the settings",
    "channels/email/mime.py: email": "writes mails",
    "channels/webpush/push_requests.py: email": "takes apart an address of the settings",
    "charter/seal.py: pyhanko": "seals papers that we made",
    "documents/chart.py: PIL": "draws",
    "documents/line_chart.py: PIL": "draws",
    "documents/print_boxes.py: pypdf": "writes where the printing house cuts, into papers that we made",
    "documents/slides/metrics.py: PIL": "measures words in our letters",
    "documents/slides/presentation.py: pptx": "writes slides",
    "documents/slides/theme.py: pptx": "writes slides",
    "documents/word_processor.py: docx": "writes documents",
    "evening/calendar.py: icalendar": "writes invitations",
    "launch/documents/files.py: zipfile": "writes the pack",
    "launch/dossier.py: zipfile": "writes the file to FPS Interior",
    "ops/backup/creation.py: tarfile": "writes backups",
    "ops/transfer/exporter.py: icalendar": "writes exports",
    "ops/receivers/mailbox.py: email": "takes the mails that a demonstration writes itself, on loopback",
    "ops/release/archive.py: gzip": "writes releases",
    "ops/release/folders.py: tarfile": "unpacks a release, whose code runs next",
    "ops/supply/wheels.py: tarfile": "unpacks what git packed of our own code",
    "ops/watch/operator_mail.py: email": "writes mails",
    "membership/lists/files.py: csv": "writes lists",
    "places/gazetteer.py: csv": "reads a list that is part of the package",
    "portal/subjects/followup/calendar.py: icalendar": "writes a calendar",
    "portal/subjects/guide/library.py: PIL": "measures pictures that are part of the package",
    "places/gazetteer.py: gzip": "reads outlines that are part of the package",
    "places/register/rows.py: csv": "takes one line of at most 16 kB apart, for an operator's command",
    "portal/subjects/launch/plan/calendar.py: icalendar": "writes a calendar",
    "server/setting_readers.py: email": "takes apart an address of the settings",
}


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, also within a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@cache
def everything() -> dict[str, frozenset[str]]:
    """What each module of the package imports, by its path."""
    return {str(path.relative_to(PACKAGE)): frozenset(imported(tree)) for path, tree in sources(PACKAGE)}


def uses(names: Iterable[str]) -> set[str]:
    """The libraries of parsing among what a module imports."""
    return {one for name in names for one in LIBRARIES if name == one or name.startswith(f"{one}.")}


def test_no_other_module_imports_a_library_that_parses() -> None:
    found = {
        f"{path}: {library}"
        for path, names in everything().items()
        if not path.startswith(HOME)
        for library in uses(names)
    }

    assert found - set(WRITERS) == set()
    assert set(WRITERS) - found == set()


def test_the_guard_sees_each_way_to_import() -> None:
    code = (
        "import zipfile\nfrom PIL.Image import open\ndef f():\n    import lxml.etree\nimport xmlish\nfrom . import csv"
    )

    assert uses(imported(ast.parse(code))) == {"zipfile", "PIL", "lxml"}


def test_the_parsers_import_nothing_of_the_site() -> None:
    names = ", ".join(sorted({f"plp.sandbox.parsers.{name.partition(':')[0]}" for name in PARSERS | STREAMS}))
    program = f"import sys, plp.sandbox.server, {names}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True).stdout

    assert [name for name in loaded.split() if name.startswith(("django", "plp.toolbox", "psycopg"))] == []


@pytest.mark.parametrize("name", sorted(PARSERS | STREAMS))
def test_each_registered_parser_is_there_and_says_what_it_answers(name: str) -> None:
    module, _, function = name.partition(":")

    assert getattr(import_module(f"plp.sandbox.parsers.{module}"), function).__doc__


def test_nobody_but_the_server_and_parsers_loads_a_parser() -> None:
    found = {
        f"{path}: {name}"
        for path, names in everything().items()
        if not path.startswith(HOME) and path != "sandbox/server.py"
        for name in names
        if name.startswith("plp.sandbox.parsers.")
    }

    assert found == set()
