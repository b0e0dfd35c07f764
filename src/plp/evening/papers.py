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

from plp.documents import Document, ForeignText, Signer, Signers, compose, pdf, placeholder_names
from plp.evening.letters import moment_in_words, public_meeting_url
from plp.evening.models import Meeting, Minutes, Opinion, Question
from plp.evening.queries import names_of_meeting_opener_and_minutes_writer
from plp.evening.rules import grouped_ballot_code
from plp.evening.sheet_paper import add_evening_sheet
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
    pages, name = DocumentBuilder(), meeting.partnership.name(language)
    for reader in dict.fromkeys([language, *meeting.languages]):
        if pages.parts:
            pages.new_page()
        with translation.override(reader):
            _add_agenda_with_speaking_notes(pages, meeting, reader, at=at)
        if codes:
            pages.add(text(TEXTS, "kit_tally", reader))
    with translation.override(language):
        title = _("Evening kit, %s") % name
        pages.new_page()
        add_evening_sheet(pages, meeting, language)
        for reader in meeting.languages:
            _add_blank_forms(pages, reader)
        if codes:
            pages.new_page()
            _add_ballots(pages, meeting, codes)
    return pdf(pages.build_document(language, title), at=at, footer=_page_foot_in_all_languages(meeting, language))


def _page_foot_in_all_languages(meeting: Meeting, language: str) -> str:
    """The quarter and the moment, for readers of each language of the meeting: one foot stands on every page."""
    readers = meeting.languages if language in meeting.languages else [language, *meeting.languages]
    said = (f"{meeting.partnership.name(code)}, {moment_in_words(meeting.starts_at, code)}" for code in readers)
    return " / ".join(dict.fromkeys(said))


def ballots_pdf(meeting: Meeting, codes: Sequence[str], *, language: str, at: datetime) -> bytes:
    """One ballot per code, two a page, in every language of the meeting. Raises as ``documents.pdf``."""
    pages = DocumentBuilder()
    _add_ballots(pages, meeting, codes)
    with translation.override(language):
        title = _("Ballots, %s") % meeting.partnership.name(language)
    return pdf(pages.build_document(language, title), at=at)


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


def _add_agenda_with_speaking_notes(pages: DocumentBuilder, meeting: Meeting, language: str, *, at: datetime) -> None:
    pages.add(f"# {_('Agenda')}", f"**{pages.add_value(moment_in_words(meeting.starts_at, language))}**")
    pages.add(pages.add_value(f"{meeting.place_in(language)}, {meeting.street_in(language)}"))
    for point in meeting.points.all():
        minutes = _("%d minutes") % point.duration
        pages.add(f"## {point.position}. {pages.add_value(point.title_in(language, meeting.languages))} ({minutes})")
        add_speaking_notes(pages, point, language, at=at)
        pages.add(_("Said and decided: %s") % "____", "- [ ] " + capfirst(_("discussed")))


def _add_blank_forms(pages: DocumentBuilder, language: str) -> None:
    """What people write on: presence list, forms for volunteers and opinions."""
    with translation.override(language):
        head = f"| {_('Street')} | {_('How many')} | {_('Name, if you wish')} |"
    pages.new_page()
    pages.add(text(TEXTS, "kit_presence", language))
    pages.add("\n".join([head, "|---|---|---|", *["| | | |"] * ROWS_A_PAGE]))
    pages.new_page()
    with translation.override(language):
        subjects = "\n".join(f"- [ ] {capfirst(label)}" for label in Opinion.About.labels)
    pages.add(text(TEXTS, "kit_volunteer", language), CUT, text(TEXTS, "kit_opinion", language, subjects=subjects))


def _word_in_all_languages(meeting: Meeting, words: str) -> str:
    """A word of ours in every language of the meeting: ``Oui / Ja``."""
    said = []
    for language in meeting.languages:
        with translation.override(language):
            said.append(_(words))
    return " / ".join(dict.fromkeys(said))


def _add_ballots(pages: DocumentBuilder, meeting: Meeting, codes: Sequence[str]) -> None:
    """Each ballot has its code on the part to tear off, and nothing that tells it from another below (README)."""
    yes, no, abstain = (
        _word_in_all_languages(meeting, word)
        for word in (gettext_noop("Yes"), gettext_noop("No"), gettext_noop("Abstain"))
    )
    questions = [_title_in_all_languages(meeting, question) for question in meeting.questions.all()] or ["", "", ""]
    a_page = _ballots_per_page(len(meeting.languages), questions)
    for place, code in enumerate(codes):
        if place and place % a_page == 0:
            pages.new_page()
        elif place:
            pages.add(BETWEEN_BALLOTS)
        pages.add(
            f"# {_word_in_all_languages(meeting, gettext_noop('Code'))} {pages.add_value(grouped_ballot_code(code))}"
        )
        for language in meeting.languages:
            pages.add(text(TEXTS, "kit_code", language, link=pages.add_value(f"{public_meeting_url(meeting)}vote/")))
        pages.add(CUT)
        rows = [f"| {pages.add_value(question)} | ☐ | ☐ | ☐ |" for question in questions]
        pages.add(
            "\n".join(
                [
                    f"| {_word_in_all_languages(meeting, gettext_noop('Vote'))} | {yes} | {no} | {abstain} |",
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


def _title_in_all_languages(meeting: Meeting, question: Question) -> str:
    """What is voted on in every language of the meeting; where one is missing, that the words are in another."""
    said = []
    for language in meeting.languages:
        with translation.override(language):
            title = question.title
        is_said = isinstance(title, ForeignText) and title.language in meeting.languages
        said.append(title.note.strip() if is_said and isinstance(title, ForeignText) else capfirst(title))
    return " / ".join(dict.fromkeys(said))
