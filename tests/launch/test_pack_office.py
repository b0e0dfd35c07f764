"""LibreOffice opens what we write for word processors: every document of one language, one call."""

import io
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from plp.documents.sizes import PAPERS
from plp.launch.documents import files
from plp.launch.documents.placeholder_values import partnership_data, placeholder_values
from plp.launch.documents.register import ENTRIES
from plp.launch.queries.texts import standard_document_text
from tests.factories.cast import NOW
from tests.launch.complete import complete
from tests.patience import PATIENCE

SIZES = {key: paper.size_in_points for key, paper in PAPERS.items()}


@pytest.mark.libreoffice
@pytest.mark.django_db
@pytest.mark.any_database
def test_libreoffice_opens_every_file_and_cuts_nothing(tmp_path):
    facts = partnership_data(complete(), at=NOW)
    values = placeholder_values(facts, "de")
    entries = [entry for entry in ENTRIES if not entry.is_drawn]
    for entry in entries:
        document = files.compose_pack_document(entry, standard_document_text(entry, "de"), facts, values, "de")
        form = "pptx" if "slides" in entry.papers else "docx"
        content = files.document_file(entry, document, form, footer=files.page_footer(values, entry), at=NOW)
        (tmp_path / f"{entry.key}.{form}").write_bytes(content)

    convert(sorted(tmp_path.glob("*.*x")), tmp_path / "out", home=tmp_path / "home")

    for entry in entries:
        pages = PdfReader(io.BytesIO((tmp_path / "out" / f"{entry.key}.pdf").read_bytes())).pages
        size = (round(float(pages[0].mediabox.width)), round(float(pages[0].mediabox.height)))
        assert size == pytest.approx(SIZES[entry.papers[0]], abs=2), entry.key
        assert "".join(page.extract_text() for page in pages).strip(), entry.key


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
