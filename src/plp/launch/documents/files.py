"""From an entry of the register to a file: compose, print, write; one document or the whole pack of a partnership."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from plp import documents
from plp.documents import Document, Missing, PrintOrder, Value
from plp.documents.colours import HOUSE
from plp.documents.designs import Design
from plp.documents.identity import Partner, letterhead_logos
from plp.documents.letter import parts_of_letter
from plp.documents.sizes import PAPERS, USUAL
from plp.launch.documents.form_values import candidates_to_be_screened, values_of_screening_placeholders
from plp.launch.documents.informed_parties import letter_reference_line
from plp.launch.documents.joined_sign import join_sign_documents
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.paper_design import paper_design_of_partnership
from plp.launch.documents.place_names import GIVEN_PLACES
from plp.launch.documents.placeholder_values import (
    STEP_DAYS,
    PartnershipData,
    allowed_placeholders,
    day_in_words,
    gather_partnership_data,
    is_invitation_or_announcement_out_of_date,
    upcoming_evening,
    values_of_all_placeholders,
)
from plp.launch.documents.register import BY_KEY, ENTRIES
from plp.launch.documents.room_documents import ROOM_DOCUMENTS
from plp.launch.plan import PLANS
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.queries.sent_letters import SHEET
from plp.launch.queries.texts import Wordings, newest_wordings_for_partnership
from plp.partnership.models import Partnership
from plp.partnership.quarter_map import quarter_map_svg
from plp.places.rules.bilingual import language_of_letters_to_authority, required_languages
from plp.toolbox.texts import OFFICIAL_LANGUAGES

BALLOT = BY_KEY["ballot"]
STEPS = {step.key: step for step in PLANS["be-2022"].steps}
MAP = "illustration:map"  # in a text that shows the map of the quarter
AFTER_SENDING = frozenset({"members", "recognised_on", "launched_on"})  # what a letter of its day cannot tell
AT_ONCE = 20  # documents that one typesetting process is given: it has ten seconds
LAST_DAY = re.compile(r" (\S+) (\d{4})$")  # month and year after the day
PRINTED = ("pdf", "png")  # set by typst
IN_LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "’": "-"})  # how a file's name spells what has no plain letter
IN_GERMAN = IN_LETTERS | str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@dataclass(frozen=True)
class PackFile:
    """One file of the pack: its name with its folder, and its content."""

    name: str
    content: bytes


def compose_pack_document(
    entry: PackDocument, source: str, data: PartnershipData, values: Mapping[str, Value], language: str
) -> Document:
    """The document that ``source``, a wording of ``entry``, makes for a partnership.

    ``values`` are ``values_of_all_placeholders`` in ``language``. Raises ``UnknownPlace`` for a place that this
    document may
    not use, such as a name in a press text.
    """
    allowed = {name: values[name] for name in allowed_placeholders(entry)}
    is_sent = entry.key in data.letter_days
    if (entry.invites or entry.step == "informing") and upcoming_evening(data) is None and not is_sent:
        allowed |= {name: Missing(words) for name, words in GIVEN_PLACES.items() if name.startswith("evening_")}
    if is_sent:
        with override(language):
            reference = letter_reference_line(data.informed, entry.key)
            allowed["today"] = day_in_words(data.letter_days[entry.key]) + reference
        allowed |= {name: Missing(GIVEN_PLACES[name]) for name in AFTER_SENDING & allowed.keys()}
    elif entry.key == SHEET and data.change_told_on and not data.changes:
        with override(language):
            allowed["register_reason"] = _("change told on %s") % day_in_words(data.change_told_on)
    elif entry.key == "step_plan":
        allowed |= done_days_by_step_placeholder(data, language)
    title = f"{entry.title(language)} – {data.partnership.name(language)}"
    drawings = {"map": quarter_map_svg(data.partnership.area)} if MAP in source else {}
    kind = data.partnership.kind
    with override(language):
        pages = [allowed]
        if entry.key == "screening_slip":  # a page for each person: what is in one file is not in another's
            pages = [
                allowed | values_of_screening_placeholders([row]) for row in candidates_to_be_screened(data.elected)
            ] or pages
    first, *others = [
        documents.compose(source, values_of_page, language=language, title=title, kind=kind, drawings=drawings)
        for values_of_page in pages
    ]
    blocks = [block for page in others for block in (documents.PageBreak(), *page.blocks)]
    return replace(first, blocks=(*first.blocks, *blocks)) if blocks else first


def done_days_by_step_placeholder(data: PartnershipData, language: str) -> dict[str, Value]:
    """When each step of the plan was done, by its place; the places of the others are not in it."""
    done = {
        state.step.key: state.done_on
        for state in step_plan_progress_of_partnership(data.partnership, at=data.at).states
    }
    with override(language):
        return {place: day_in_words(day) for place, key in STEP_DAYS.items() if (day := done.get(key))}


def names_of_missing_placeholders(source: str, values: Mapping[str, Value], partnership_kind: str) -> list[str]:
    """The names of the places that ``source`` asks for, for this ``kind``, and nobody has given yet."""
    places = documents.required_placeholders(documents.select_variant(source, partnership_kind))
    return sorted(name for name in places if isinstance(values.get(name), Missing))


def footer_naming_partnership_and_circular(values: Mapping[str, Value], entry: PackDocument | None = None) -> str:
    """What stands at the foot of each page of ``entry``: which partnership, and under which circular it was made (R31);
    on what is given to anybody, who answers for it.

    Where that takes two lines, its day stays on one.
    """
    if entry and entry.is_published:
        return f"{values['plp']} {values['partnership']} – {values['publisher']}"
    whose = f"{values['plp']} {values['partnership']}"
    if entry and entry.key == "idea_form":  # it proposes another one
        whose = str(values["police_sender"]).partition("\n")[0]
    circular = LAST_DAY.sub("\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}\\2", str(values["circular"]))
    return f"{whose} – {circular}"


def document_file(
    entry: PackDocument,
    document: Document,
    form: str,
    *sisters: Document,
    footer: str,
    at: datetime,
    design: Design | None = None,
) -> bytes:
    """The file of ``document``, made of ``entry``, in ``form``: one of ``entry.forms``; a drawn one with its design.

    Slides have their ``sisters`` in other languages beside them, a sign has them below.
    """
    if entry.joins_languages:
        document, sisters = join_sign_documents(document, *sisters), ()
    if form == "docx":
        order = print_order_of_document(document, entry.word_file_paper, footer, design, entry=entry)
        return documents.docx(
            document,
            paper=entry.word_file_paper,
            footer=footer,
            logos=_letterhead_logos_with_names(document, design if parts_of_letter(document) else None),
            colours=order.colours,
            window=order.window,
            saves_page=order.saves_page,
        )
    if form == "pptx":
        return _slides_pptx(document, *sisters, footer=footer, design=design)
    order = print_order_of_document(document, form, footer, design, entry=entry)
    return documents.pdfs([replace(order, sisters=sisters)], at=at)[0]


def _slides_pptx(document: Document, *sisters: Document, footer: str, design: Design | None) -> bytes:
    """The slides of ``document`` as an office file, with ``sisters`` beside them."""
    colours = design.identity.colours if design else HOUSE
    return documents.slides_pptx(
        document, *sisters, logos=_letterhead_logos_with_names(document, design), footer=footer, colours=colours
    )


def _letterhead_logos_with_names(document: Document, design: Design | None) -> tuple[Partner, ...]:
    """What stands at the head of an office file, said in its language."""
    with override(document.language):
        return letterhead_logos(design.identity if design else None, installer_logo_bytes())


def print_order_of_document(
    document: Document, form: str, footer: str, design: Design | None = None, *, entry: PackDocument | None = None
) -> PrintOrder:
    """The order to print ``document`` in ``form``, set as its ``entry`` asks."""
    paper = "slides" if form == "pdf" else form.partition(".")[0]
    window = settings.LETTER_WINDOW
    order = PrintOrder(document, paper, footer, installer_logo_bytes(), window=window, design=design)
    return replace(order, saves_page=entry.saves_page, fills_page=entry.fills_page) if entry else order


@lru_cache(maxsize=1)
def installer_logo_bytes() -> bytes | None:
    """The picture that the installer supplies (R5); ``None`` without one."""
    return Path(settings.PLP_LOGO).read_bytes() if settings.PLP_LOGO else None


def file_name(entry: PackDocument, form: str, language: str) -> str:
    """``brief-aan-de-burgemeester.docx``, ``folder-a5.pdf``: ours, in the language of the text."""
    stem = file_slug(entry.label, language)
    size, dot, ending = form.partition(".")
    if size in PAPERS and PAPERS[size].words:
        return f"{stem}-{file_slug(PAPERS[size].words, language)}.{ending}"
    if not dot or size == USUAL:
        return f"{stem}.{ending or size}"
    return f"{stem}-{form}"


def whole_pack_as_zip(
    data: PartnershipData, wordings: Wordings, language: str, *, at: datetime, ballots: bytes = b""
) -> bytes:
    """Every document of a partnership in ``language`` in every form, as one zip: a folder a step.

    ``ballots`` as in ``every_pack_document_in_every_form``.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:  # stored: every form is compressed within
        for file in every_pack_document_in_every_form(data, wordings, language, at=at, ballots=ballots):
            zipped.writestr(zipfile.ZipInfo(file.name, date_time=at.timetuple()[:6]), file.content)
    return content.getvalue()


def every_pack_document_in_every_form(
    data: PartnershipData, wordings: Wordings, language: str, *, at: datetime, ballots: bytes = b""
) -> Iterator[PackFile]:
    """Every document of a partnership in ``language`` in every form, each below the folder of its step.

    What is out of date is left out: invitations to an evening that is over, but for the letter that went round; what
    announces a partnership that is launched. What authorities get is in the language of their region. What the rooms
    below hold already (charter, internal rules, minutes) is put beside.
    The PDFs are set by two processes while this one writes the others. ``ballots``, the PDF of those that bear their
    codes, stand in the place of those without.
    """
    codes = {entry: _pack_language_or_region_language_for_authorities(entry, data, language) for entry in ENTRIES}
    values = {code: values_of_all_placeholders(data, code) for code in {language, *codes.values()}}
    designs = {code: paper_design_of_partnership(data, code) for code in values}
    ready = [
        (
            entry,
            compose_pack_document(
                entry, wordings.own_else_zone_else_standard_wording(entry, code).source, data, values[code], code
            ),
        )
        for entry, code in codes.items()
        if not (ballots and entry is BALLOT) and not is_invitation_or_announcement_out_of_date(entry, data)
    ]
    slides = list(_joined_slides_orders(data, wordings, language))
    if ballots:
        yield PackFile(_path_in_pack(BALLOT, "a4.pdf", language, language), ballots)
    prints = [
        *_pack_print_orders([row for row in ready if not row[0].joins_languages], language, values, designs),
        *_sign_and_poster_print_orders(data, wordings, language),
        *((name, order) for name, order in slides if name.endswith(PRINTED)),
        *_deed_and_minutes_print_orders(
            data.partnership, language, footer_naming_partnership_and_circular(values[language]), designs[language]
        ),
    ]
    with ThreadPoolExecutor(max_workers=2) as typesetters:
        batches = [prints[start : start + AT_ONCE] for start in range(0, len(prints), AT_ONCE)]
        contents = [typesetters.submit(documents.pdfs, [order for _name, order in batch], at=at) for batch in batches]
        for entry, document in ready:
            for form in (form for form in entry.forms if not form.endswith(PRINTED)):
                footer, design = (
                    footer_naming_partnership_and_circular(values[document.language], entry),
                    designs[document.language],
                )
                content = document_file(entry, document, form, footer=footer, at=at, design=design)
                yield PackFile(_path_in_pack(entry, form, language, document.language), content)
        for name, order in slides:
            if not name.endswith(PRINTED):
                yield PackFile(
                    name, _slides_pptx(order.document, *order.sisters, footer=order.footer, design=order.design)
                )
        for batch, pdfs in zip(batches, contents, strict=True):
            yield from (PackFile(name, content) for (name, _order), content in zip(batch, pdfs.result(), strict=True))


def _pack_language_or_region_language_for_authorities(entry: PackDocument, data: PartnershipData, language: str) -> str:
    """That of the pack; of what authorities get, that of their region."""
    if not entry.is_for_authorities or not data.municipalities:
        return language
    return language_of_letters_to_authority(data.municipalities[0].nis, language)


def _pack_print_orders(
    ready: Sequence[tuple[PackDocument, Document]],
    language: str,
    values: Mapping[str, Mapping[str, Value]],
    designs: Mapping[str, Design],
) -> Iterator[tuple[str, PrintOrder]]:
    """The orders to print of the pack's own documents, each with the path of its file."""
    for entry, document in ready:
        code = document.language
        for form in (form for form in entry.forms if form.endswith(PRINTED)):
            footer = footer_naming_partnership_and_circular(values[code], entry)
            order = print_order_of_document(document, form, footer, designs[code], entry=entry)
            yield _path_in_pack(entry, form, language, code), order


def _sign_and_poster_print_orders(
    data: PartnershipData, wordings: Wordings, language: str
) -> Iterator[tuple[str, PrintOrder]]:
    """The orders to print of what passers-by see, in the languages of the area: a sign bears them all, and what else
    hangs somewhere is there in each of them, too.
    """
    languages = languages_of_sign_region_first(data, language)
    values = {code: values_of_all_placeholders(data, code) for code in languages}
    designs = {code: paper_design_of_partnership(data, code) for code in languages}
    for entry in (
        hung for hung in ENTRIES if hung.is_hung and not is_invitation_or_announcement_out_of_date(hung, data)
    ):
        papers = [
            compose_pack_document(
                entry, wordings.own_else_zone_else_standard_wording(entry, code).source, data, values[code], code
            )
            for code in languages
        ]
        if entry.joins_languages:
            sign, design = join_sign_documents(*papers), paper_design_of_partnership(data, *languages)
            footer = footer_naming_partnership_and_circular(values[language], entry)
            for form in entry.forms:
                yield (
                    _path_in_pack(entry, form, language, language),
                    print_order_of_document(sign, form, footer, design),
                )
        else:
            sisters = [(entry, paper) for paper in papers if paper.language != language]
            yield from _pack_print_orders(sisters, language, values, designs)


def _joined_slides_orders(data: PartnershipData, wordings: Wordings, language: str) -> Iterator[tuple[str, PrintOrder]]:
    """The slides once more with the other languages of the partnership beside ``language``; none where it has one."""
    own = official_languages_of_partnership(data.partnership)
    if len(own) == 1 or language not in own:
        return
    codes = [language, *(code for code in own if code != language)]
    for entry in (
        shown for shown in ENTRIES if shown.is_slides and not is_invitation_or_announcement_out_of_date(shown, data)
    ):
        values = {code: values_of_all_placeholders(data, code) for code in codes}
        document, *sisters = (
            compose_pack_document(
                entry, wordings.own_else_zone_else_standard_wording(entry, code).source, data, values[code], code
            )
            for code in codes
        )
        footer, design = (
            footer_naming_partnership_and_circular(values[language], entry),
            paper_design_of_partnership(data, *codes),
        )
        for form in entry.forms:
            order = print_order_of_document(document, form, footer, design)
            yield _path_in_pack(entry, form, language, "-".join(codes)), replace(order, sisters=tuple(sisters))


def _deed_and_minutes_print_orders(
    partnership: Partnership, language: str, footer: str, design: Design
) -> Iterator[tuple[str, PrintOrder]]:
    """The orders to print of what the rooms below hold; what exists in another language alone says so in its name."""
    for room_document in ROOM_DOCUMENTS:
        document = room_document.make(partnership, language)
        if document is not None:
            name = f"{step_folder_name(room_document.step, language)}/{file_slug(room_document.label, language)}.pdf"
            name = _path_marked_if_in_other_language(name, language, document.language)
            yield name, PrintOrder(document, footer=footer, design=design, saves_page=True)


def _path_in_pack(entry: PackDocument, form: str, language: str, written_in: str) -> str:
    path = f"{step_folder_name(entry.step, language)}/{file_name(entry, form, language)}"
    return _path_marked_if_in_other_language(path, language, written_in)


def _path_marked_if_in_other_language(path: str, language: str, written_in: str) -> str:
    """``affiche-sombre-a4-nl.pdf``: a paper in another language than that of the pack says so in its name."""
    stem, dot, ending = path.rpartition(".")
    return path if written_in == language else f"{stem}-{written_in}{dot}{ending}"


def write_pack_to_folder(
    partnership: Partnership, language: str, folder: Path, *, at: datetime, ballots: bytes = b""
) -> int:
    """Write the pack of ``partnership`` in ``language`` below ``folder``; answers how many files that were.

    ``ballots`` as in ``every_pack_document_in_every_form``.
    """
    data, wordings, count = gather_partnership_data(partnership, at=at), newest_wordings_for_partnership(partnership), 0
    for file in every_pack_document_in_every_form(data, wordings, language, at=at, ballots=ballots):
        path = folder / file.name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(file.content)
        count += 1
    return count


def step_folder_name(step: str, language: str) -> str:
    """``05-soiree-d-information``: so that folders stand in the order of the steps."""
    return f"{list(STEPS).index(step) + 1:02d}-{file_slug(STEPS[step].title, language)}"


def file_slug(words: Any, language: str) -> str:
    """``words``, said in ``language``, as part of a file's name."""
    with override(language):
        text = str(words).lower()
    return slugify(text.translate(IN_GERMAN if language == "de" else IN_LETTERS))


def official_languages_of_partnership(partnership: Partnership) -> list[str]:
    """The languages of the partnership in which there is a pack."""
    return [language for language in partnership.languages if language in OFFICIAL_LANGUAGES]


def languages_of_sign_region_first(data: PartnershipData, language: str) -> tuple[str, ...]:
    """``language`` and the others of the area where it is one of them, that of the region first: what all who pass must
    understand. Where the region has two, they stand as the partnership has them.
    """
    own = official_languages_of_partnership(data.partnership)
    languages = (language, *(other for other in own if other != language and language in own))
    of_region = required_languages(data.municipalities[0].nis) if data.municipalities else languages
    ordered = own if language in own else languages
    return tuple(sorted(languages, key=lambda spoken: (spoken not in of_region, ordered.index(spoken))))


def official_languages_own_first(partnership: Partnership) -> list[str]:
    """The languages of the pack, those of the area first: none is missing for anybody (R7, R8)."""
    own = official_languages_of_partnership(partnership)
    return own + [language for language in OFFICIAL_LANGUAGES if language not in own]
