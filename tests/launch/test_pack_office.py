"""LibreOffice opens what we write for word processors: every document of one language, one call."""

import io
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from plp.documents.sizes import PAPERS
from plp.launch.documents import files
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.documents.register import BY_KEY, ENTRIES
from plp.launch.queries.texts import standard_document_text
from tests.factories.cast import NOW
from tests.launch.complete import complete
from tests.patience import PATIENCE

SIZES = {key: paper.size_in_points for key, paper in PAPERS.items()}


@pytest.mark.libreoffice
@pytest.mark.django_db
@pytest.mark.any_database
def test_libreoffice_opens_every_file_and_cuts_nothing(tmp_path):
    facts = gather_partnership_data(complete(), at=NOW)
    values = values_of_all_placeholders(facts, "de")
    entries = [entry for entry in ENTRIES if not entry.is_drawn]
    for entry in entries:
        document = files.compose_pack_document(entry, standard_document_text(entry, "de"), facts, values, "de")
        form = "pptx" if "slides" in entry.papers else "docx"
        content = files.document_file(
            entry, document, form, footer=files.footer_naming_partnership_and_circular(values, entry), at=NOW
        )
        (tmp_path / f"{entry.key}.{form}").write_bytes(content)

    convert(sorted(tmp_path.glob("*.*x")), tmp_path / "out", home=tmp_path / "home")

    for entry in entries:
        pages = PdfReader(io.BytesIO((tmp_path / "out" / f"{entry.key}.pdf").read_bytes())).pages
        size = (round(float(pages[0].mediabox.width)), round(float(pages[0].mediabox.height)))
        assert size == pytest.approx(SIZES[entry.word_file_paper], abs=2), entry.key
        assert "".join(page.extract_text() for page in pages).strip(), entry.key


@pytest.mark.libreoffice
@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_what_saves_a_page_in_print_saves_it_in_a_word_processor(tmp_path: Path, language: str) -> None:
    facts = gather_partnership_data(complete(), at=NOW)
    values = values_of_all_placeholders(facts, language)
    entries = [BY_KEY[key] for key in ("idea_form", "volunteer_form", "letter_interior", "communication_plan")]
    printed = {}
    for entry in entries:
        document = files.compose_pack_document(entry, standard_document_text(entry, language), facts, values, language)
        footer = files.footer_naming_partnership_and_circular(values, entry)
        content = files.document_file(entry, document, "docx", footer=footer, at=NOW)
        (tmp_path / f"{entry.key}.docx").write_bytes(content)
        printed[entry.key] = pages_of(files.document_file(entry, document, "a4.pdf", footer=footer, at=NOW))

    convert(sorted(tmp_path.glob("*.docx")), tmp_path / "out", home=tmp_path / "home")

    assert {key: pages_of((tmp_path / "out" / f"{key}.pdf").read_bytes()) for key in printed} == printed


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def convert(files: list[Path], target: Path, *, home: Path) -> None:
    """Turn office files into PDF by LibreOffice, with a profile of its own."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{home}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            target,
            *files,
        ],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
