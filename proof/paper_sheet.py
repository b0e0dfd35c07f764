"""``.venv/bin/python -m proof.paper_sheet``: contact sheets of every paper, of each kind, in each language.

The packs of a demonstration that is built for this and thrown away, of partnerships that are launched and of one that
is still founded. Each step of the plan gets its sheets, as PNG, with every page of every file.
"""

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import django
from PIL import Image, ImageDraw

from plp.ops.environment import find_program
from proof.result import print_progress

LAUNCHED = {"fr": "haren", "nl": "lembeek", "de": "malmedy"}  # of the demonstration, by the language of its papers
FOUNDED = "malmedy-gare"  # of the demonstration: still before its evening
FOUNDED_LANGUAGES = ("fr", "de")
KINDS = ("plp", "plp_i", "sectoral")
COLUMNS, ROWS = 6, 3
WIDTH, HEIGHT, LINE = 300, 425, 16  # pixels of a page on a sheet, and of the words under it
DOTS = 60  # an inch
SECONDS = 120  # for one file


@dataclass(frozen=True)
class PaperPage:
    """A page of a file of the pack, as a picture."""

    name: str
    picture: Path


def main() -> int:
    """Make the packs and their sheets; 1 if a file is no picture of anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, required=True, help="the folder for packs and sheets")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind; may be given more than once")
    parser.add_argument("--language", action="append", choices=[*LAUNCHED], help="only this language; also more")
    options = parser.parse_args()
    if find_program("pdftoppm") is None:
        parser.error("pdftoppm is missing: it comes with poppler-utils.")
    with tempfile.TemporaryDirectory(prefix="plp-papers-") as home:
        os.environ.update(DJANGO_SETTINGS_MODULE="plp.server.settings", PLP_HOME=home, PLP_DEMO="1")
        django.setup()
        packs = list(
            build_demonstration_and_write_packs(options.to, options.kind or KINDS, options.language or [*LAUNCHED])
        )
    empty = [pack for pack in packs if not draw_sheets(pack, options.to)]
    return int(bool(empty))


def build_demonstration_and_write_packs(folder: Path, kinds: Sequence[str], languages: Sequence[str]) -> Iterator[Path]:
    """Build the demonstration; write a pack of each kind in each language, and that of a partnership being founded."""
    from plp.demo.builder import build_demonstration  # noqa: PLC0415 - needs the settings
    from plp.launch.documents.files import write_pack_to_folder  # noqa: PLC0415 - needs the settings
    from plp.ops.commands.migrate import migrate_and_report_database  # noqa: PLC0415 - needs the settings
    from plp.partnership.models import Partnership  # noqa: PLC0415 - needs the settings
    from plp.toolbox import clock  # noqa: PLC0415 - needs the settings

    migrate_and_report_database()
    build_demonstration(at=clock.now())
    wanted = [(f"{kind}-{language}", LAUNCHED[language], kind, language) for kind in kinds for language in languages]
    wanted += [
        (f"founded-{language}", FOUNDED, "plp", language) for language in languages if language in FOUNDED_LANGUAGES
    ]
    for name, key, kind, language in wanted:
        Partnership.objects.filter(key=key).update(kind=kind)
        partnership = Partnership.objects.select_related("area").get(key=key)
        count = write_pack_to_folder(partnership, language, folder / name, at=clock.now())
        print_progress(f"{name}: {count} files")
        yield folder / name


def draw_sheets(pack: Path, folder: Path) -> int:
    """Draw the sheets of every step of ``pack`` into ``folder``; answers how many sheets those were."""
    count = 0
    for step in sorted(path for path in pack.iterdir() if path.is_dir()):
        pages = pages_of_step(step)
        for number, start in enumerate(range(0, len(pages), COLUMNS * ROWS), start=1):
            sheet = draw_sheet(pages[start : start + COLUMNS * ROWS])
            sheet.save(folder / f"sheet-{pack.name}-{step.name}-{number}.png")
            count += 1
    return count


def pages_of_step(step: Path) -> list[PaperPage]:
    """Every page of every PDF and picture of a step's folder, by the name of its file."""
    prints = sorted(step.glob("*.pdf"))
    with ThreadPoolExecutor(max_workers=2) as painters:
        pages = [page for painted in painters.map(paint_pages, prints) for page in painted]
    return pages + [PaperPage(picture.name, picture) for picture in sorted(step.glob("*.png"))]


def paint_pages(file: Path) -> list[PaperPage]:
    """The pages of a PDF as pictures, in a folder beside it."""
    folder = file.with_suffix(".pages")
    folder.mkdir(exist_ok=True)
    command = [str(find_program("pdftoppm")), "-r", str(DOTS), "-png", str(file), str(folder / "page")]
    subprocess.run(command, check=True, timeout=SECONDS)
    pictures = sorted(folder.glob("*.png"))
    return [PaperPage(f"{file.stem} {number}/{len(pictures)}", page) for number, page in enumerate(pictures, start=1)]


def draw_sheet(pages: Sequence[PaperPage]) -> Image.Image:
    """One sheet of at most ``COLUMNS`` by ``ROWS`` pages, each with the name of its file."""
    sheet = Image.new("RGB", (min(len(pages), COLUMNS) * WIDTH, -(-len(pages) // COLUMNS) * (HEIGHT + LINE)), "#cccccc")
    draw, top = ImageDraw.Draw(sheet), 0
    for start in range(0, len(pages), COLUMNS):
        row = [(page.name, small_picture(page.picture)) for page in pages[start : start + COLUMNS]]
        height = max(picture.height for _name, picture in row)
        for place, (name, picture) in enumerate(row):
            sheet.paste(picture, (place * WIDTH + 2, top))
            draw.text((place * WIDTH + 4, top + height + 2), name[-46:], fill="black")
        top += height + LINE
    return sheet.crop((0, 0, sheet.width, top))


def small_picture(path: Path) -> Image.Image:
    """A page as it fits on a sheet."""
    with Image.open(path) as picture:
        small = picture.convert("RGB")
    small.thumbnail((WIDTH - 4, HEIGHT))
    return small


if __name__ == "__main__":
    raise SystemExit(main())
