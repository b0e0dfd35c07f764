"""Read a file into the platform: addresses of the public register, and what else stands in plp/ops/imports."""

import argparse
import importlib
from pathlib import Path
from types import ModuleType

from plp.ops.imports import __path__ as folders


def import_kinds() -> dict[str, ModuleType]:
    """The modules of plp/ops/imports by the word that follows ``import``."""
    names = sorted(path.stem for folder in folders for path in Path(folder).glob("*.py") if path.stem != "__init__")
    return {name.replace("_", "-"): importlib.import_module(f"plp.ops.imports.{name}") for name in names}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command per kind of file."""
    parts = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for name, module in import_kinds().items():
        first = (module.__doc__ or "").split("\n", 1)[0]
        part = parts.add_parser(
            name,
            help=first,
            description=module.__doc__,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(part)
        part.set_defaults(run=module.run)


def run(options: argparse.Namespace) -> int:
    """Read the file. Answers the exit code of the kind's own module."""
    return int(options.run(options))
