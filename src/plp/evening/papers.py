"""An evening on paper: the kit for an evening without network, ballots, minutes.

All of it is Markdown for ``plp.documents``; what people wrote is put in afterwards, letter for letter (T25).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from plp.documents import Document, ForeignText, PageBreak, Signer, Signers, compose, pdf, placeholder_names
from plp.documents.blocks import Block
from plp.evening.letters import moment_in_words, public_meeting_url
from plp.evening.models import Meeting, Minutes, Opinion, Question
from plp.evening.queries import names_of_meeting_opener_and_minutes_writer
from plp.evening.rules import grouped_ballot_code
from plp.evening.sheet_paper import sheet_document
from plp.evening.speaking_notes import TEXTS, DocumentBuilder, add_speaking_notes
from plp.toolbox.texts import text

ROWS_A_PAGE = 16
CUT = f"\\{'- ' * 24}✂{' -' * 24}"
BETWEEN_BALLOTS = f"{'— ' * 14}✂{' —' * 14}"  # longer strokes than where the code is torn off
LINES_A_PAGE = 46
LINES_TO_WRITE = 3  # of a row that waits for its question
LETTERS_A_LINE = 28  # of a question, in the first column of a ballot


def evening_kit_pdf(meeting: Meeting, codes: Sequence[str], *, language: str, at: datetime) -> bytes:
    """Everything for an evening without network, in one file: agenda with talking text for whoever leads, in
    ``language`` and each of the meeting, and the sheet; presence list, forms and ballots with ``codes`` for the people,
    in each language of the meeting.

    To be typed afterwards on the page of the sheet. Raises as ``documents.pdf``.
    """
    with translation.override(language):
        title = _("Evening kit, %s") % meeting.partnership.name(language)
    readers = _meeting_languages_own_first(meeting, language)
    leaders = dict.fromkeys([language, *readers])
    parts = [
        *(_agenda_part(meeting, reader, at=at, has_codes=bool(codes)) for reader in leaders),
        sheet_document(meeting, language),
        *(_blank_forms_part(reader) for reader in readers),
    ]
    feet = [_page_foot(meeting, part.language) for part in parts]
    if codes:
        parts.append(_ballots_document(meeting, codes, language))
        feet.append(_page_foot(meeting, *readers))
    return pdf(_joined_parts(parts, feet, title), at=at, footer=feet[0], saves_page=True)


def _meeting_languages_own_first(meeting: Meeting, language: str) -> list[str]:
    """The languages of the meeting, ``language`` first where it is one of them."""
    return sorted(meeting.languages, key=lambda code: code != language)


def _joined_parts(parts: Sequence[Document], feet: Sequence[str], title: str) -> Document:
    """``parts`` as one document: each begins on a page of its own, and each of its pages has its language and foot."""
    blocks: list[Block] = []
    for part, foot in zip(parts, feet, strict=True):
        page_break = PageBreak(part.language, foot)
        blocks += [page_break] if blocks else []
        blocks += [page_break if isinstance(block, PageBreak) else block for block in part.blocks]
    return replace(parts[0], title=title, blocks=tuple(blocks))


def _page_foot(meeting: Meeting, *languages: str) -> str:
    """The quarter and the moment, for readers of ``languages``."""
    said = (f"{meeting.partnership.name(code)}, {moment_in_words(meeting.starts_at, code)}" for code in languages)
    return " / ".join(dict.fromkeys(said))


def ballots_pdf(meeting: Meeting, codes: Sequence[str], *, language: str, at: datetime) -> bytes:
    """One ballot per code, two a page, in every language of the meeting, ``language`` first. Raises as
    ``documents.pdf``.
    """
    return pdf(_ballots_document(meeting, codes, language), at=at)


def _ballots_document(meeting: Meeting, codes: Sequence[str], language: str) -> Document:
    pages = DocumentBuilder()
    _add_ballots(pages, meeting, codes, _meeting_languages_own_first(meeting, language))
    with translation.override(language):
        title = _("Ballots, %s") % meeting.partnership.name(language)
    return pages.build_document(language, title)


def minutes_document(minutes: Minutes) -> Document:
    """The minutes as a document: their words, letter for letter, a brace in them is a brace; then room to sign."""
    words = "\n".join(f"\\{line}" if line.startswith(":::") else line for line in minutes.text.splitlines())
    with translation.override(minutes.language):
        title = _("Minutes, %s") % minutes.meeting.partnership.name(minutes.language)
        hands = names_of_meeting_opener_and_minutes_writer(minutes.meeting)
        signers = Signers([Signer(_("Chair of the meeting"), hands.chair), Signer(_("Minutes taken by"), hands.writer)])
        room = f"# {_('Minutes')}\n\n## {_('Signatures')}\n\n{{signers}}"
    signatures = compose(room, {"signers": signers}, language=minutes.language, title=title).blocks[1:]
    literal = {name: f"{{{name}}}" for name in placeholder_names(words)}
    minutes_alone = compose(words, literal, language=minutes.language, title=title)
    return replace(minutes_alone, blocks=(*minutes_alone.blocks, *signatures))


def minutes_pdf(minutes: Minutes, *, at: datetime) -> bytes:
    """The minutes on paper, smaller where that spares a page with little on it. Raises as ``documents.pdf``."""
    return pdf(minutes_document(minutes), at=at, saves_page=True)


def approved_minutes_pdf(minutes: Minutes, *, at: datetime) -> bytes:
    """Approved minutes on paper: set once, for two who ask for them again and again would keep the printer (ADR 34)."""
    return _cached_approved_pdf(minutes, minutes.text, at)


@lru_cache(maxsize=32)
def _cached_approved_pdf(minutes: Minutes, _words: str, at: datetime) -> bytes:
    return minutes_pdf(minutes, at=at)


def _agenda_part(meeting: Meeting, language: str, *, at: datetime, has_codes: bool) -> Document:
    """The agenda with what to say, and how to count where there are ballots."""
    pages = DocumentBuilder()
    with translation.override(language):
        _add_agenda_with_speaking_notes(pages, meeting, language, at=at)
        title = _("Agenda")
    if has_codes:
        pages.add(text(TEXTS, "kit_tally", language))
    return pages.build_document(language, title)


def _add_agenda_with_speaking_notes(pages: DocumentBuilder, meeting: Meeting, language: str, *, at: datetime) -> None:
    pages.add(f"# {_('Agenda')}", f"**{pages.add_value(moment_in_words(meeting.starts_at, language))}**")
    pages.add(pages.add_value(f"{meeting.place_in(language)}, {meeting.street_in(language)}"))
    for point in meeting.points.all():
        minutes = _("%d minutes") % point.duration
        pages.add(f"## {point.position}. {pages.add_value(point.title_in(language, meeting.languages))} ({minutes})")
        add_speaking_notes(pages, point, language, at=at)
        pages.add(_("Said and decided: %s") % "____", "- [ ] " + capfirst(_("discussed")))


def _blank_forms_part(language: str) -> Document:
    """What people write on: presence list, forms for volunteers and opinions."""
    pages = DocumentBuilder()
    with translation.override(language):
        title = _("Attendance list")
        head = f"| {_('Street')} | {_('How many')} | {_('Name, if you wish')} |"
        subjects = "\n".join(f"- [ ] {capfirst(label)}" for label in Opinion.About.labels)
    pages.add(text(TEXTS, "kit_presence", language))
    pages.add("\n".join([head, "|---|---|---|", *["| | | |"] * ROWS_A_PAGE]))
    pages.new_page()
    pages.add(text(TEXTS, "kit_volunteer", language), CUT, text(TEXTS, "kit_opinion", language, subjects=subjects))
    return pages.build_document(language, title)


def _word_in_all_languages(languages: Sequence[str], words: str) -> str:
    """A word of ours in each of ``languages``: ``Oui / Ja``."""
    said = []
    for language in languages:
        with translation.override(language):
            said.append(_(words))
    return " / ".join(dict.fromkeys(said))


def _add_ballots(pages: DocumentBuilder, meeting: Meeting, codes: Sequence[str], languages: Sequence[str]) -> None:
    """Each ballot has its code on the part to tear off, and nothing that tells it from another below (README).

    ``languages`` are those of the meeting, in the order in which a ballot has them.
    """
    yes, no, abstain = (
        _word_in_all_languages(languages, word)
        for word in (gettext_noop("Yes"), gettext_noop("No"), gettext_noop("Abstain"))
    )
    questions = [_title_in_all_languages(languages, question) for question in meeting.questions.all()] or ["", "", ""]
    a_page = _ballots_per_page(len(languages), questions)
    for place, code in enumerate(codes):
        if place and place % a_page == 0:
            pages.new_page()
        elif place:
            pages.add(BETWEEN_BALLOTS)
        pages.add(
            f"# {_word_in_all_languages(languages, gettext_noop('Code'))} {pages.add_value(grouped_ballot_code(code))}"
        )
        for language in languages:
            pages.add(text(TEXTS, "kit_code", language, link=pages.add_value(f"{public_meeting_url(meeting)}vote/")))
        pages.add(CUT)
        rows = [f"| {pages.add_value(question)} | ☐ | ☐ | ☐ |" for question in questions]
        pages.add(
            "\n".join(
                [
                    f"| {_word_in_all_languages(languages, gettext_noop('Vote'))} | {yes} | {no} | {abstain} |",
                    "|---|---|---|---|",
                    *rows,
                ]
            )
        )


def _ballots_per_page(languages: int, questions: Sequence[str]) -> int:
    """How many ballots stand on a page, in lines: a code to tear off is never parted from what it votes on."""
    rows = [1 + len(question) // LETTERS_A_LINE if question else LINES_TO_WRITE for question in questions]
    lines = 6 + 2 * languages + sum(rows)
    return max(1, min(3, LINES_A_PAGE // lines))


def _title_in_all_languages(languages: Sequence[str], question: Question) -> str:
    """What is voted on in each of ``languages``; where one is missing, that the words are in another."""
    said = []
    for language in languages:
        with translation.override(language):
            title = question.title
        is_said = isinstance(title, ForeignText) and title.language in languages
        said.append(title.note.strip() if is_said and isinstance(title, ForeignText) else capfirst(title))
    return " / ".join(dict.fromkeys(said))
