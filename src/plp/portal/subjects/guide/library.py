"""The texts of the guides, on pages and as booklets. A text is one file a role and language; ``## `` begins a task."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.templatetags.static import static
from PIL import Image

from plp.documents import Document, PictureBlock, compose, pdf
from plp.portal.subjects.guide.contents import GUIDES, Guide, Task
from plp.toolbox.clock import BRUSSELS, local
from plp.toolbox.texts import LANGUAGES, text

HERE = Path(__file__).parent
TEXTS, PICTURES = HERE / "texts", HERE / "static"
COMPARED, CARD = "compared", "card"
SHOWN = re.compile(r"!\[[^\]]+\]\(\.\./static/(guide/[a-z]{2}/[a-z-]+\.webp)\)")
SHARP = 2  # dots of a picture for one point of a screen


@dataclass(frozen=True)
class Section:
    """One task as it is told: its title, and the Markdown below it."""

    task: Task
    title: str
    body: str


def title_and_introduction(guide: Guide, language: str) -> tuple[str, str]:
    """The title of a guide, and the Markdown before its first task."""
    title, _, rest = text(TEXTS, guide.key, language).partition("\n")
    return title.removeprefix("# "), rest.partition("\n## ")[0]


def guide_sections(guide: Guide, language: str) -> list[Section]:
    """The tasks of a guide, in order."""
    parts = text(TEXTS, guide.key, language).split("\n## ")[1:]
    told = (part.partition("\n") for part in parts)
    return [Section(task, title, body) for task, (title, _, body) in zip(guide.tasks, told, strict=True)]


def picture_names_in_text(source: str) -> Iterator[str]:
    """The names of the pictures that a text shows, below ``PICTURES``."""
    yield from SHOWN.findall(source)


def guide_document(source: str, language: str, title: str) -> Document:
    """A text, or a part of one, for the screen and for paper."""
    shown = {f"../static/{name}": _picture_block(name) for name in picture_names_in_text(source)}
    return compose(source, {}, language=language, title=title, pictures=shown)


def _picture_block(name: str) -> PictureBlock:
    content = (PICTURES / name).read_bytes()
    with Image.open(BytesIO(content)) as opened:
        wide, high = opened.size
    return PictureBlock(static(name), content, (round(wide / SHARP), round(high / SHARP)))


@lru_cache(maxsize=len(GUIDES) * len(LANGUAGES))
def _guide_pdf(guide_key: str, language: str, link: str, year: int) -> bytes:
    source = f"{text(TEXTS, guide_key, language)}\n\n![qr]({link})"
    title = source.partition("\n")[0].removeprefix("# ")
    return pdf(guide_document(source, language, title), at=datetime(year, 1, 1, tzinfo=BRUSSELS), paper="a5")


def guide_pdf(guide: Guide, language: str, *, link: str, at: datetime) -> bytes:
    """The whole guide as a PDF (A5), made once a year and language: it says the same to everybody.

    Its QR code leads to ``link``, where the guide is read on the screen.
    """
    return _guide_pdf(guide.key, language, link, local(at).year)


@lru_cache(maxsize=len(LANGUAGES))
def _emergency_card_pdf(language: str, link: str, year: int) -> bytes:
    source = text(TEXTS, CARD, language, link=link)
    title = source.partition("\n")[0].removeprefix("# ")
    made = compose(source, {}, language=language, title=title)
    return pdf(made, at=datetime(year, 1, 1, tzinfo=BRUSSELS), paper="a5")


def emergency_card_pdf(language: str, *, link: str, at: datetime) -> bytes:
    """What a coordinator keeps beside the telephone: one side of A5, with a QR code that leads to ``link``."""
    return _emergency_card_pdf(language, link, local(at).year)
