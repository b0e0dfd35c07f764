"""A picture of every page of the pack, on one sheet a language and paper: to be looked at by a person.

Written to the folder that ``PICTURES`` names, else to a temporary one.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from plp import documents
from plp.documents.sizes import PAPERS
from plp.launch.documents import files
from plp.launch.documents.paper_design import paper_design
from plp.launch.documents.place_values import partnership_data, place_values
from plp.launch.documents.register import ENTRIES
from plp.launch.queries.texts import standard_text
from plp.toolbox.texts import OFFICIAL_LANGUAGES
from tests.factories.cast import NOW
from tests.launch.complete import complete

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
    folder = Path(os.environ.get("PICTURES") or tmp_path)
    facts = partnership_data(complete(kind), at=NOW)
    values = place_values(facts, language)
    chosen = [(entry, paper) for entry in ENTRIES for paper in entry.papers if not PAPERS[paper].picture]
    prints = [
        files.print_order(
            files.compose_document(entry, standard_text(entry, language), facts, values, language),
            f"{paper}.pdf",
            files.page_footer(values),
            paper_design(facts, language),
        )
        for entry, paper in chosen
    ]
    made = [pdf for start in range(0, len(prints), 20) for pdf in documents.pdfs(prints[start : start + 20], at=NOW)]
    for (entry, paper), content in zip(chosen, made, strict=True):
        (tmp_path / f"{paper}--{entry.step}-{entry.key}.pdf").write_bytes(content)

    outside = {paper.name: words for paper in sorted(tmp_path.glob("*.pdf")) if (words := near_the_edge(paper))}
    assert outside == {}

    sheets = [
        sheet(sorted(tmp_path.glob(f"{paper}--*.pdf")), folder / f"pack-{language}-{kind}-{paper}.png")
        for paper in dict.fromkeys(paper for _entry, paper in chosen)
    ]

    assert all(sheets)
    assert sum(sheets) >= 30


def near_the_edge(paper: Path) -> list[str]:
    """The words of a PDF that stand outside its page or nearer than 4 mm to its edge."""
    told = subprocess.run(["pdftotext", "-bbox", paper, "-"], check=True, capture_output=True, text=True).stdout
    found: list[str] = []
    wide = tall = 0.0
    for line in told.splitlines():
        if page := PAGE.search(line):
            wide, tall = float(page[1]), float(page[2])
        elif word := WORD.search(line):
            left, top, right, bottom = (float(word[side]) for side in range(1, 5))
            if min(left, top, wide - right, tall - bottom) < EDGE:
                found.append(word[5])
    return found


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
