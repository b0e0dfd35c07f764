"""Every document of a complete partnership on its papers, and what holds of each: no gap, tagged, of its size."""

import io
from dataclasses import dataclass

import pikepdf

from plp import documents
from plp.documents import Document
from plp.documents.sizes import PAPERS
from plp.launch.documents import files
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.paper_design import paper_design_of_partnership
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.documents.register import ENTRIES
from plp.launch.queries.texts import standard_document_text
from tests.factories.cast import NOW
from tests.launch.complete import complete

AT_ONCE = 20  # as a pack is printed
SIZES = {key: paper.size_in_points for key, paper in PAPERS.items()}


@dataclass(frozen=True)
class PrintedPaper:
    """A document of the pack on one of its papers."""

    entry: PackDocument
    paper: str
    document: Document
    content: bytes


def printed_pack(kind: str, language: str) -> list[PrintedPaper]:
    """All but the pictures; about two seconds."""
    facts = gather_partnership_data(complete(kind), at=NOW)
    values, design = values_of_all_placeholders(facts, language), paper_design_of_partnership(facts, language)
    chosen = [(entry, paper) for entry in ENTRIES for paper in entry.papers if not PAPERS[paper].picture]
    composed = [
        files.compose_pack_document(entry, standard_document_text(entry, language), facts, values, language)
        for entry, _ in chosen
    ]
    prints = [
        files.print_order_of_document(
            document, f"{paper}.pdf", files.footer_naming_partnership_and_circular(values, entry), design
        )
        for (entry, paper), document in zip(chosen, composed, strict=True)
    ]
    contents = [
        content
        for start in range(0, len(prints), AT_ONCE)
        for content in documents.pdfs(prints[start : start + AT_ONCE], at=NOW)
    ]
    return [
        PrintedPaper(entry, paper, document, content)
        for (entry, paper), document, content in zip(chosen, composed, contents, strict=True)
    ]


def faults_of_form(papers: list[PrintedPaper], language: str) -> list[tuple[str, str]]:
    """What is wrong, by document: a gap, another language or title, another size than that of the paper."""
    return [(printed.entry.key, fault) for printed in papers for fault in _faults_of_paper(printed, language)]


def _faults_of_paper(printed: PrintedPaper, language: str) -> list[str]:
    with pikepdf.open(io.BytesIO(printed.content)) as pdf, pdf.open_metadata() as data:
        boxes = {tuple(round(float(edge)) for edge in page.mediabox[2:]) for page in pdf.pages}
        holds = {
            "nothing is missing": printed.document.missing == (),
            "says its language": str(pdf.Root.Lang) == language,
            "says its title": data["dc:title"] == printed.document.title,
            "has the size of its paper": boxes == {SIZES[printed.paper]},
        }
    return [words for words, is_so in holds.items() if not is_so]
