"""What was seen, for people to look at: a sheet of all pictures, as HTML and as PNG, and the table of the faults."""

import json
from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw

from proof.probes.page_faults import PageView

COLUMNS = 8
WIDTH, HEIGHT, LINE = 240, 420, 30  # pixels of one picture on the PNG, and of the words under it
OPENING = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title><style>
body{font:14px sans-serif;margin:1rem}h2{position:sticky;top:0;background:#fff;margin:0;padding:.5rem 0}
.row{display:flex;gap:8px;overflow-x:auto;margin:0 0 1.5rem}figure{margin:0}figcaption{color:#555}.bad{color:#a00}
img{height:420px;border:1px solid #bbb;object-fit:cover;object-position:top}</style><h1>Contact sheet</h1>
"""


def write_sheet_and_faults(folder: Path, seen: Sequence[PageView]) -> None:
    """``sheet.html``, ``sheet-<who>-<language>.png``, ``faults.json`` and ``faults.md`` in ``folder``."""
    (folder / "sheet.html").write_text(_sheet_as_html(seen), encoding="utf-8")
    for who, language in sorted({(one.who, one.language) for one in seen if one.pictures}):
        _draw_pictures_into_one_png(folder, [one for one in seen if (one.who, one.language) == (who, language)])
    found = [one.as_json() for one in seen if one.faults]
    (folder / "faults.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "faults.md").write_text(faults_as_markdown_table(seen), encoding="utf-8")


def faults_as_markdown_table(seen: Sequence[PageView]) -> str:
    """Each fault once, with where it was met: as Markdown."""
    counted: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], PageView] = {}
    for one in seen:
        for key in {(fault.kind, fault.words) for fault in one.faults}:
            counted[key] += 1
            where.setdefault(key, one)
    rows = [
        f"| {kind} | `{words.replace('|', '¦').replace('`', '´')}` | {number} | "
        f"{where[kind, words].who}, {where[kind, words].language}, `{where[kind, words].route}` |"
        for (kind, words), number in sorted(counted.items())
    ]
    head = f"{len(seen)} pages of a person in a language, {len(rows)} different faults.\n"
    return "\n".join([head, "| Kind | What | Pages | First met |", "|---|---|---|---|", *rows]) + "\n"


def _sheet_as_html(seen: Sequence[PageView]) -> str:
    parts = [OPENING]
    for one in sorted(seen, key=lambda one: (one.route, one.who, one.language)):
        faults = "".join(
            f'<p class="bad">{escape(f"{fault.kind} ({fault.view}): {fault.words}")}</p>' for fault in one.faults
        )
        figures = "".join(
            f'<figure><img loading="lazy" alt="" src="{escape(file)}"><figcaption>{view}</figcaption></figure>'
            for view, file in one.pictures.items()
        )
        title = escape(f"{one.route} – {one.who}, {one.language}")
        parts.append(f'<h2>{title}</h2>{faults}<div class="row">{figures}</div>')
    return "\n".join(parts) + "\n"


def _draw_pictures_into_one_png(folder: Path, seen: Sequence[PageView]) -> None:
    """One PNG of one person in one language: every page in every way, in rows."""
    shown = [(one, view, file) for one in seen for view, file in one.pictures.items()]
    rows = -(-len(shown) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * WIDTH, rows * (HEIGHT + LINE)), "#dddddd")
    draw = ImageDraw.Draw(sheet)
    for number, (one, view, file) in enumerate(shown):
        left, top = number % COLUMNS * WIDTH, number // COLUMNS * (HEIGHT + LINE)
        picture = Image.open(folder / file)
        picture = picture.resize((WIDTH - 6, picture.height * (WIDTH - 6) // picture.width))
        sheet.paste(picture.crop((0, 0, picture.width, min(picture.height, HEIGHT))), (left + 3, top))
        draw.text((left + 4, top + HEIGHT + 2), f"{one.route[-38:]}\n{view}", fill="#aa0000" if one.faults else "black")
    sheet.save(folder / f"sheet-{seen[0].who}-{seen[0].language}.png")
