"""Documents on paper: a typst template and plain data become a tagged PDF (PDF/UA-1).

What people wrote reaches the template as JSON values only, so it can never act as markup (T25, T47).
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plp.documents.glyphs import FONTS, with_drawable_characters_only
from plp.toolbox.moves import Refused

HERE = Path(__file__).parent
HOUSE = HERE / "house.typ"
PICTURE = "picture"  # the key of a drawing (SVG) in the content: markup of ours, whose long words must stay whole
LATEST = 60  # seconds by the clock, on a busy machine too; of the processor the typesetter takes at most ten
FRUGAL = {"MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "2"}  # the child's whole environment
AT_ONCE = BoundedSemaphore(2)  # per process, docs/security.md#limits: a burst of prints must not starve the pages


class NotPrinted(Refused):
    """The document could not be set."""

    sentence = _("The document could not be made. Try again. If it fails again, tell the person who runs this site.")


class TooMuchToPrint(NotPrinted):
    """Setting the document took more time or memory than one document may take."""

    sentence = _(
        "Making this document took too long. Wait a minute, then try again. If it fails again, print fewer streets or "
        "fewer people at a time."
    )


@dataclass(frozen=True)
class Sheet:
    """One document to set: ``template`` (a ``.typ`` file), the ``content`` that fills it, language and title.

    ``preludes`` are put between ``house.typ`` and the template, such as ``identity.TEMPLATE``. ``as_picture``: its one
    page as PNG, a pixel a point, instead of a PDF.
    """

    template: Path
    content: Mapping[str, Any]
    language: str
    title: str
    preludes: tuple[Path, ...] = ()
    as_picture: bool = False

    @property
    def source(self) -> str:
        """What typst reads."""
        return "".join(path.read_text(encoding="utf-8") for path in (HOUSE, *self.preludes, self.template))


def qr_code_template_data(link: str) -> dict[str, str]:
    """The QR code to ``link``, black on white, for ``beside`` of ``house.typ``; no ``link``, nothing to scan."""
    if not link:
        return {PICTURE: "", "link": "", "words": ""}
    import segno  # noqa: PLC0415 - wanted for a paper with a code alone

    drawn = segno.make(link, error="m", micro=False).svg_inline(border=1, scale=4, omitsize=False, light="#fff")
    return {PICTURE: drawn, "link": link, "words": gettext("QR code to %s") % link}


def render_pdf(template: Path, content: Mapping[str, Any], *, language: str, title: str, at: datetime) -> bytes:
    """The PDF of ``template`` (a ``.typ`` file) filled with ``content``: text, numbers, lists and mappings.

    The template finds ``data.content`` and the words of ``house.typ`` ready. ``language`` (fr, nl, de, en) and
    ``title`` are set in the file for screen readers; ``at`` is its date of making, so equal orders give equal bytes.
    Raises ``TooMuchToPrint`` above 10 seconds of the processor or the memory limit, ``NotPrinted`` for any other fault.
    """
    return render_pdfs([Sheet(template, content, language, title)], at=at)[0]


def render_pdfs(sheets: Sequence[Sheet], *, at: datetime) -> list[bytes]:
    """The PDF of each of ``sheets``, set by one process within the limits of one: see ``render_pdf``.

    What is too much for one process together is set half by half, down to single sheets.
    """
    try:
        return _render_pdfs_in_one_process(sheets, at=at)
    except TooMuchToPrint:
        if len(sheets) == 1:
            raise
    middle = len(sheets) // 2
    return [*render_pdfs(sheets[:middle], at=at), *render_pdfs(sheets[middle:], at=at)]


def _render_pdfs_in_one_process(sheets: Sequence[Sheet], *, at: datetime) -> list[bytes]:
    order = {
        "sheets": [
            {
                "source": sheet.source,
                "as_picture": sheet.as_picture,
                "data": _with_drawable_text(
                    {"language": sheet.language, "title": sheet.title.replace("\n", " "), "content": sheet.content}
                ),
            }
            for sheet in sheets
        ],
        "fonts": str(FONTS),
        "timestamp": int(at.timestamp()),
    }
    with AT_ONCE, tempfile.TemporaryDirectory() as empty:
        return list(_split_pdfs(_run_typesetter(json.dumps(order | {"root": empty}).encode(), folder=empty)))


def _split_pdfs(pdfs: bytes) -> Iterator[bytes]:
    """The PDFs in what the typesetter wrote: each after its length in eight bytes."""
    start = 0
    while start < len(pdfs):
        end = start + 8 + int.from_bytes(pdfs[start : start + 8])
        yield pdfs[start + 8 : end]
        start = end


def _with_drawable_text(value: Any) -> Any:
    """``value`` with every text in it, at any depth, made drawable."""
    if isinstance(value, str):
        return with_drawable_characters_only(value)
    if isinstance(value, Mapping):
        return {str(key): item if key == PICTURE else _with_drawable_text(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_drawable_text(item) for item in value]
    return value


def _run_typesetter(order: bytes, *, folder: str) -> bytes:
    """Run the typesetter in ``folder`` on ``order`` and return what it made."""
    command = [sys.executable, "-I", str(HERE / "typesetter.py")]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program of ours; the order goes in by standard input
            command, input=order, capture_output=True, timeout=LATEST, cwd=folder, env=FRUGAL, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise TooMuchToPrint from late
    if done.returncode == 0:
        return done.stdout
    if done.returncode == 1 and b"MemoryError" not in done.stderr:
        raise NotPrinted from RuntimeError(f"typst: {done.stderr.decode(errors='replace')[-200:]}")
    raise TooMuchToPrint from RuntimeError(f"typesetter ended with {done.returncode}")
