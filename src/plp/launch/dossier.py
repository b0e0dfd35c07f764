"""The file to FPS Interior (R96): letter, signed charter, signed internal rules, sheet for the register (R150)."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import get_language_info, override

from plp.charter.models import Deed, StoredFile
from plp.charter.queries import files_of_deed, signed_deed, stored_bytes
from plp.launch.documents.files import (
    compose_pack_document,
    document_file,
    file_name,
    file_slug,
    footer_naming_partnership_and_circular,
)
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.documents.register import documents_of_step
from plp.launch.queries.register import register_entry_as_flat_values
from plp.launch.queries.texts import newest_wordings_for_partnership
from plp.launch.refusals import DossierIncomplete, ScanUnreadable
from plp.membership.lists.files import csv_bytes
from plp.partnership.models import Partnership
from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.refusals import TooHeavy

PDF = "application/pdf"
PICTURES = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True)
class DossierPaper:
    """One paper of the file: the name of its file, what it is called in the language of its reader, its bytes."""

    name: str
    title: str
    media: str
    content: bytes


def dossier_papers(partnership: Partnership, language: str, *, at: datetime) -> list[DossierPaper]:
    """Every paper of the file, in the order in which it is read. Raises ``DossierIncomplete``.

    What was signed is taken byte for byte; letter and sheet are made now, in ``language``.
    """
    deeds = [signed_deed(partnership, kind) for kind in (Deed.Kind.CHARTER, Deed.Kind.RULES)]
    if None in deeds:
        raise DossierIncomplete
    letter, sheet = _ministry_letter_and_register_sheet(partnership, language, at)
    return [letter, *(paper for deed in deeds if deed for paper in _deed_papers(deed, language)), sheet]


def papers_as_one_pdf(papers: Sequence[DossierPaper], *, title: str) -> bytes:
    """All papers as one PDF, a bookmark each; a picture of a page becomes a page.

    Raises ``ScanUnreadable`` for a scan that cannot be read, and what ``parse`` refuses.
    """
    options = {"media": [paper.media for paper in papers], "titles": [paper.title for paper in papers], "title": title}
    try:
        joined: bytes = parse_in_sandbox("pdfs:merge_papers", *(paper.content for paper in papers), **options)
    except Rejected as rejected:
        raise ScanUnreadable(title=rejected.detail) from rejected
    return joined


def dossier_zip(partnership: Partnership, language: str, *, at: datetime) -> bytes:
    """The file as a zip: one PDF to read or print (if every scan can be read), each paper, the register's entry."""
    papers = dossier_papers(partnership, language, at=at)
    entry = register_entry_as_flat_values(partnership, at=at)
    joined_file: dict[str, bytes] = {}
    with suppress(ScanUnreadable, TooHeavy):
        joined_file["file.pdf"] = papers_as_one_pdf(papers, title=partnership.name(language))
    parts = {
        **joined_file,
        **{f"papers/{paper.name}": paper.content for paper in papers},
        "register.json": register_entry_as_json(entry),
        "register.csv": register_entry_as_csv(entry),
    }
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in parts.items():
            folder.writestr(zipfile.ZipInfo(name, date_time=at.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return zipped.getvalue()


def register_entry_as_json(entry: dict[str, str | int]) -> bytes:
    """The entry for the register as JSON."""
    return json.dumps(entry, ensure_ascii=False, indent=2).encode()


def register_entry_as_csv(entry: dict[str, str | int]) -> bytes:
    """The entry for the register as CSV, one row."""
    return csv_bytes(list(entry), [[str(cell) for cell in entry.values()]])


def _ministry_letter_and_register_sheet(
    partnership: Partnership, language: str, at: datetime
) -> tuple[DossierPaper, DossierPaper]:
    """The letter and the sheet, in the wording that holds for the partnership."""
    ground, texts = gather_partnership_data(partnership, at=at), newest_wordings_for_partnership(partnership)
    values = values_of_all_placeholders(ground, language)
    entries = {entry.key: entry for entry in documents_of_step("recognition")}
    papers = []
    for number, key in ((1, "letter_interior"), (9, "register_sheet")):
        entry = entries[key]
        document = compose_pack_document(
            entry, texts.own_else_zone_else_standard_wording(entry, language).source, ground, values, language
        )
        content = document_file(
            entry, document, "a4.pdf", footer=footer_naming_partnership_and_circular(values, entry), at=at
        )
        papers.append(
            DossierPaper(f"{number}-{file_name(entry, 'a4.pdf', language)}", entry.title(language), PDF, content)
        )
    return papers[0], papers[1]


def _deed_papers(deed: Deed, language: str) -> Iterator[DossierPaper]:
    """The signed text in ``language`` (else in the first one there is) with its seal, the record of its signatures,
    and the scans.
    """
    files = list(files_of_deed(deed))
    chosen = [
        file
        for kind in (StoredFile.Kind.SEALED, StoredFile.Kind.RECORD)
        for file in _file_of_kind_best_in_language(files, kind, language)
    ]
    scans = [file for file in files if file.kind == StoredFile.Kind.SCAN]
    number = {Deed.Kind.CHARTER: 2, Deed.Kind.RULES: 3}[Deed.Kind(deed.kind)]
    with override(language):
        title = capfirst(deed.get_kind_display())
        record = capfirst(str(StoredFile.Kind.RECORD.label))
    for place, file in enumerate([*chosen, *scans], start=1):
        end = "pdf" if file.media == PDF else PICTURES[file.media]
        called = record if file.kind == StoredFile.Kind.RECORD else title
        if file.language and file.language != language:  # of a partnership that does not use the reader's language
            called = f"{called} ({get_language_info(file.language)['name_local']})"
        yield DossierPaper(
            f"{number}-{file_slug(called, language)}-{place}.{end}", called, file.media, stored_bytes(file)
        )


def _file_of_kind_best_in_language(files: Sequence[StoredFile], kind: str, language: str) -> list[StoredFile]:
    """The one of this kind in ``language``, else the first one there is."""
    of_kind = [file for file in files if file.kind == kind]
    return [file for file in of_kind if file.language == language][:1] or of_kind[:1]
