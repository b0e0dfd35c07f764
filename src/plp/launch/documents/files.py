"""From an entry of the register to a file: compose, print, write; one document or the whole pack of a partnership."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import override

from plp import documents
from plp.documents import Document, Missing, PrintOrder, Value
from plp.documents.sizes import USUAL
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.place_values import PartnershipData, place_names, place_values
from plp.launch.documents.register import ENTRIES
from plp.launch.documents.room_documents import ROOM_DOCUMENTS
from plp.launch.plan import PLANS
from plp.launch.queries.texts import Wordings
from plp.partnership.models import Partnership
from plp.toolbox.texts import OFFICIAL_LANGUAGES

STEPS = {step.key: step for step in PLANS["be-2022"].steps}
AT_ONCE = 20  # documents that one typesetting process is given: it has ten seconds
IN_LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "’": "-"})  # how a file's name spells what has no plain letter
IN_GERMAN = IN_LETTERS | str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@dataclass(frozen=True)
class PackFile:
    """One file of the pack: its name with its folder, and its content."""

    name: str
    content: bytes


def compose_document(
    entry: PackDocument, source: str, data: PartnershipData, values: Mapping[str, Value], language: str
) -> Document:
    """The document that ``source``, a wording of ``entry``, makes for a partnership.

    ``values`` are ``place_values.place_values`` in ``language``. Raises ``UnknownPlace`` for a place that this document
    may not use, such as a name in a press text.
    """
    allowed = {name: values[name] for name in place_names(entry)}
    title = f"{entry.title(language)} – {data.partnership.name(language)}"
    return documents.compose(source, allowed, language=language, title=title, kind=data.partnership.kind)


def missing_places(source: str, values: Mapping[str, Value], kind: str) -> list[str]:
    """The names of the places that ``source`` asks for, for this ``kind``, and nobody has given yet."""
    places = documents.places_of(documents.variant(source, kind))
    return sorted(name for name in places if isinstance(values.get(name), Missing))


def page_footer(values: Mapping[str, Value]) -> str:
    """What stands at the foot of each page: which partnership, and under which circular it was made (R31)."""
    return f"{values['plp']} {values['partnership']} – {values['circular']}"


def document_file(entry: PackDocument, document: Document, form: str, *, footer: str, at: datetime) -> bytes:
    """The file of ``document``, made of ``entry``, in ``form``: one of ``entry.forms``."""
    if form == "docx":
        return documents.docx(document, paper=entry.papers[0], footer=footer, logo=installer_logo(), large=entry.large)
    if form == "pptx":
        return documents.slides_pptx(document, logo=installer_logo())
    return documents.pdfs([print_order(entry, document, form, footer)], at=at)[0]


def print_order(entry: PackDocument, document: Document, form: str, footer: str) -> PrintOrder:
    """The order to print ``document`` in ``form``."""
    paper = "slides" if form == "pdf" else form.removesuffix(".pdf")
    return PrintOrder(document, paper, footer, installer_logo(), entry.large)


@lru_cache(maxsize=1)
def installer_logo() -> bytes | None:
    """The picture that the installer supplies (R5); ``None`` without one."""
    return Path(settings.PLP_LOGO).read_bytes() if settings.PLP_LOGO else None


def file_name(entry: PackDocument, form: str, language: str) -> str:
    """``brief-aan-de-burgemeester.docx``, ``folder-a5.pdf``: ours, in the language of the text."""
    stem = file_slug(entry.label, language)
    size, dot, ending = form.partition(".")
    if not dot or size == USUAL:
        return f"{stem}.{ending or size}"
    return f"{stem}-{form}"


def pack_zip(data: PartnershipData, wordings: Wordings, language: str, *, at: datetime) -> bytes:
    """Every document of a partnership in ``language`` in every form, as one zip: a folder a step.

    What the rooms below hold already (charter, internal rules, minutes) is put beside.
    """
    values = place_values(data, language)
    ready = [
        (entry, compose_document(entry, wordings.of(entry, language).source, data, values, language))
        for entry in ENTRIES
    ]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for file in _pack_files(ready, data.partnership, language, page_footer(values), at):
            zipped.writestr(
                zipfile.ZipInfo(file.name, date_time=at.timetuple()[:6]), file.content, zipfile.ZIP_DEFLATED
            )
    return content.getvalue()


def _pack_files(
    ready: Sequence[tuple[PackDocument, Document]], partnership: Partnership, language: str, footer: str, at: datetime
) -> Iterator[PackFile]:
    """The files of a pack: the PDFs set by few processes, the others one by one."""
    prints: list[tuple[str, PrintOrder]] = []
    for entry, document in ready:
        for form in entry.forms:
            name = f"{step_folder(entry.step, language)}/{file_name(entry, form, language)}"
            if form.endswith("pdf"):
                prints.append((name, print_order(entry, document, form, footer)))
            else:
                yield PackFile(name, document_file(entry, document, form, footer=footer, at=at))
    for room_document in ROOM_DOCUMENTS:
        document_there = room_document.make(partnership, language)
        if document_there is not None:
            name = f"{step_folder(room_document.step, language)}/{file_slug(room_document.label, language)}.pdf"
            prints.append((name, PrintOrder(document_there, footer=footer)))
    for start in range(0, len(prints), AT_ONCE):
        batch = prints[start : start + AT_ONCE]
        contents = documents.pdfs([order for _name, order in batch], at=at)
        yield from (PackFile(name, content) for (name, _order), content in zip(batch, contents, strict=True))


def step_folder(step: str, language: str) -> str:
    """``05-soiree-d-information``: so that folders stand in the order of the steps."""
    return f"{list(STEPS).index(step) + 1:02d}-{file_slug(STEPS[step].title, language)}"


def file_slug(words: Any, language: str) -> str:
    """``words``, said in ``language``, as part of a file's name."""
    with override(language):
        text = str(words).lower()
    return slugify(text.translate(IN_GERMAN if language == "de" else IN_LETTERS))


def languages_of_pack(partnership: Partnership) -> list[str]:
    """The languages of the pack, those of the area first: none is missing for anybody (R7, R8)."""
    own = [language for language in partnership.languages if language in OFFICIAL_LANGUAGES]
    return own + [language for language in OFFICIAL_LANGUAGES if language not in own]
