"""A picture of every page of the pack, on one sheet a language and paper: to be looked at by a person.

Written to the folder that ``PICTURES`` names; without it the sheets of one language are drawn, and thrown away.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from plp import documents
from plp.toolbox.texts import OFFICIAL_LANGUAGES
from tests.launch.printed import faults_of_form, printed_pack

ACROSS = 6
WIDE = 300  # pixels of one page
EDGE = 11  # points
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>')


@pytest.mark.poppler
@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize(("kind", "language"), list(zip(documents.KINDS, OFFICIAL_LANGUAGES, strict=True)))
def test_every_page_is_put_on_a_sheet_to_look_at(kind, language, tmp_path):
    asked = os.environ.get("PICTURES")
    papers = printed_pack(kind, language)
    assert faults_of_form(papers, language) == []
    for printed in papers:
        name = f"{printed.paper}--{printed.entry.step}-{printed.entry.key}.pdf"
        (tmp_path / name).write_bytes(printed.content)

    read = {paper.name: pages_and_edges(paper) for paper in sorted(tmp_path.glob("*.pdf"))}
    assert {name: words for name, (_pages, words) in read.items() if words} == {}
    assert [name for name, (pages, _words) in read.items() if not pages] == []
    assert sum(pages for pages, _words in read.values()) >= 30

    if asked or language == "fr":  # one in each run, all for whoever looks
        for paper in dict.fromkeys(printed.paper for printed in papers):
            files = sorted(tmp_path.glob(f"{paper}--*.pdf"))
            drawn = sheet(files, Path(asked or tmp_path, f"pack-{language}-{kind}-{paper}.png"))
            assert drawn == sum(read[file.name][0] for file in files)


def pages_and_edges(paper: Path) -> tuple[int, list[str]]:
    """How many pages a PDF has, and its words that stand outside the page or nearer than 4 mm to its edge."""
    told = subprocess.run(["pdftotext", "-bbox", paper, "-"], check=True, capture_output=True, text=True).stdout
    found: list[str] = []
    pages, wide, tall = 0, 0.0, 0.0
    for line in told.splitlines():
        if page := PAGE.search(line):
            pages, wide, tall = pages + 1, float(page[1]), float(page[2])
        elif word := WORD.search(line):
            left, top, right, bottom = (float(word[side]) for side in range(1, 5))
            if min(left, top, wide - right, tall - bottom) < EDGE:
                found.append(word[5])
    return pages, found


def sheet(papers: list[Path], target: Path) -> int:
    """Every page of ``papers`` small, side by side, written to ``target``; answer how many."""
    pages = []
    for paper in papers:
        stem = paper.with_suffix("")
        subprocess.run(["pdftoppm", "-scale-to-x", str(WIDE), "-scale-to-y", "-1", "-gray", paper, stem], check=True)
        pages += [Image.open(page) for page in sorted(paper.parent.glob(f"{stem.name}-*.pgm"))]
    tall = max(page.height for page in pages)
    whole = Image.new("L", (ACROSS * (WIDE + 8), -(-len(pages) // ACROSS) * (tall + 8)), 128)
    for index, page in enumerate(pages):
        whole.paste(page, (index % ACROSS * (WIDE + 8) + 4, index // ACROSS * (tall + 8) + 4))
    whole.save(target)
    return len(pages)
