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
from plp.charter.queries import file_bytes, files_of, signed
from plp.launch.documents.gathering import known, places
from plp.launch.documents.making import composed, file_name, file_of, foot, slug
from plp.launch.documents.register import of_step
from plp.launch.queries.register import register_entry
from plp.launch.queries.texts import wordings
from plp.launch.refusals import DossierIncomplete, NotJoined
from plp.membership.lists.files import csv_of
from plp.partnership.models import Partnership
from plp.sandbox.client import parse
from plp.sandbox.parsers import Rejected
from plp.sandbox.refusals import TooHeavy

PDF = "application/pdf"
PICTURES = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True)
class Paper:
    """One paper of the file: the name of its file, what it is called in the language of its reader, its bytes."""

    name: str
    title: str
    media: str
    content: bytes


def papers(partnership: Partnership, language: str, *, at: datetime) -> list[Paper]:
    """Every paper of the file, in the order in which it is read. Raises ``DossierIncomplete``.

    What was signed is taken byte for byte; letter and sheet are made now, in ``language``.
    """
    deeds = [signed(partnership, kind) for kind in (Deed.Kind.CHARTER, Deed.Kind.RULES)]
    if None in deeds:
        raise DossierIncomplete
    letter, sheet = _written(partnership, language, at)
    return [letter, *(paper for deed in deeds if deed for paper in _signed(deed, language)), sheet]


def one_pdf(found: Sequence[Paper], *, title: str) -> bytes:
    """All papers as one PDF, a bookmark each; a picture of a page becomes a page.

    Raises ``NotJoined`` for a scan that cannot be read, and what ``parse`` refuses.
    """
    told = {"media": [paper.media for paper in found], "titles": [paper.title for paper in found], "title": title}
    try:
        whole: bytes = parse("pdfs:merge", *(paper.content for paper in found), **told)
    except Rejected as rejected:
        raise NotJoined(title=rejected.detail) from rejected
    return whole


def package(partnership: Partnership, language: str, *, at: datetime) -> bytes:
    """The file as a zip: one PDF to read or print (if every scan can be read), each paper, the register's entry."""
    found = papers(partnership, language, at=at)
    entry = register_entry(partnership, at=at)
    whole: dict[str, bytes] = {}
    with suppress(NotJoined, TooHeavy):
        whole["file.pdf"] = one_pdf(found, title=partnership.name(language))
    parts = {
        **whole,
        **{f"papers/{paper.name}": paper.content for paper in found},
        "register.json": as_json(entry),
        "register.csv": as_csv(entry),
    }
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in parts.items():
            folder.writestr(zipfile.ZipInfo(name, date_time=at.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return zipped.getvalue()


def as_json(entry: dict[str, str | int]) -> bytes:
    """The entry for the register as JSON."""
    return json.dumps(entry, ensure_ascii=False, indent=2).encode()


def as_csv(entry: dict[str, str | int]) -> bytes:
    """The entry for the register as CSV, one row."""
    return csv_of(list(entry), [[str(cell) for cell in entry.values()]])


def _written(partnership: Partnership, language: str, at: datetime) -> tuple[Paper, Paper]:
    """The letter and the sheet, in the wording that holds for the partnership."""
    ground, texts = known(partnership, at=at), wordings(partnership)
    values = places(ground, language)
    entries = {entry.key: entry for entry in of_step("recognition")}
    made = []
    for number, key in ((1, "letter_interior"), (9, "register_sheet")):
        entry = entries[key]
        document = composed(entry, texts.of(entry, language).source, ground, values, language)
        content = file_of(entry, document, "a4.pdf", footer=foot(values), at=at)
        made.append(Paper(f"{number}-{file_name(entry, 'a4.pdf', language)}", entry.title(language), PDF, content))
    return made[0], made[1]


def _signed(deed: Deed, language: str) -> Iterator[Paper]:
    """The signed text in ``language`` (else in the first one there is) with its seal, the record of its signatures,
    and the scans.
    """
    files = list(files_of(deed))
    chosen = [
        file
        for kind in (StoredFile.Kind.SEALED, StoredFile.Kind.RECORD)
        for file in _in_language(files, kind, language)
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
        yield Paper(f"{number}-{slug(called, language)}-{place}.{end}", called, file.media, file_bytes(file))


def _in_language(files: Sequence[StoredFile], kind: str, language: str) -> list[StoredFile]:
    """The one of this kind in ``language``, else the first one there is."""
    found = [file for file in files if file.kind == kind]
    return [file for file in found if file.language == language][:1] or found[:1]
