"""Compile each catalogue (``.po``) into the form that Django reads (``.mo``), with Babel.

A compiled catalogue is never in git. It is made when the wheel is built or the checkout is installed
(``build_catalogues.py``) and whenever settings are loaded after a ``.po`` was edited. It carries the very time of its
source: a time that differs, older or newer, means that it was made of another text. An installed wheel holds the
compiled catalogues alone, so there is nothing to compare.

Imports nothing of ours: the build loads this file by its path.
"""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[2] / "locale"
MADE_AT = datetime(2020, 1, 1, tzinfo=UTC)  # Babel would write the minute: the same release has the same bytes at any


class CannotCompile(Exception):
    """A catalogue is out of date and its folder may not be written."""


def compile_stale_catalogues(folder: Path = LOCALE) -> list[Path]:
    """Compile the catalogues below ``folder`` whose ``.mo`` is missing or was made of another text; those ``.mo``.

    Raises ``CannotCompile`` where they may not be written.
    """
    stale = [source for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if not is_compiled_current(source)]
    return [compile_catalogue_to_mo(source) for source in stale]


def is_compiled_current(source: Path) -> bool:
    """Whether the compiled catalogue beside ``source`` was made of it as it is now."""
    compiled = source.with_suffix(".mo")
    return compiled.is_file() and compiled.stat().st_mtime_ns == source.stat().st_mtime_ns


def compile_catalogue_to_mo(source: Path) -> Path:
    """Compile ``source``; its compiled file. Whoever reads meanwhile sees the old one or the new one, whole."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - an installed wheel compiles nothing and has no Babel
    from babel.messages.pofile import read_po  # noqa: PLC0415 - as above

    times = source.stat()
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3])
    catalogue.creation_date = MADE_AT
    compiled = source.with_suffix(".mo")
    try:
        with tempfile.NamedTemporaryFile(dir=source.parent, suffix=".part", delete=False) as draft:
            write_mo(draft, catalogue)
    except OSError as error:
        raise CannotCompile(
            f"{compiled} is older than its source and cannot be written ({error.strerror}): run "
            "python -m plp.ops.catalogues.compilation there as the owner of that folder."
        ) from error
    Path(draft.name).chmod(0o644)
    os.utime(draft.name, ns=(times.st_atime_ns, times.st_mtime_ns))
    Path(draft.name).replace(compiled)
    return compiled


if __name__ == "__main__":
    compile_stale_catalogues()
