"""From one released text to the copies of every channel and language (R117), and the words that announce work.

A member reads their own language. Where the police did not write it, they get the first language of the partnership
that was written, with a note in their own that says so: never silently (R8).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import translation

from plp.charter.kinds import KINDS
from plp.charter.rules import MessageRule
from plp.delivery import pages
from plp.delivery.channel import Abilities
from plp.delivery.installed import add_preceding_channels, channels
from plp.delivery.letters import gsm_alphabet_spelling
from plp.delivery.phone_numbers import format_phone_number
from plp.delivery.texts import Slot, Text, strip_slots
from plp.documents.dates import date_format
from plp.notices.answer_lines import how_to_answer_line_for_channel
from plp.notices.compositions import stored_composition_or_none
from plp.notices.models import Notice
from plp.notices.queries import easy_texts_of_notice
from plp.partnership.signs import SIGNS, kind_names_within_sentence
from plp.places.queries import zone_around
from plp.places.queries.emergency import help_numbers_in
from plp.places.rules.emergency import HelpNumbers
from plp.toolbox.clock import local
from plp.toolbox.texts import LANGUAGES, text
from plp.toolbox.words import colon
from plp.wording.catalogue.composer import compose_message_text
from plp.wording.catalogue.voice import spell_out_numbers
from plp.wording.safety import with_safety_line

TEXTS = Path(__file__).parent / "texts"
type CopyWords = tuple[str, str, str, str]  # title, core, more, and all of it in easy language


def written_language_for_reader(wanted: str, written: Mapping[str, object], order: tuple[str, ...]) -> str:
    """The language a reader of ``wanted`` gets: their own, else the first of the partnership, else any."""
    return next((language for language in (wanted, *order) if language in written), sorted(written)[0])


def message_texts_by_channel_and_language(
    notice: Notice, rule: MessageRule, texts: Mapping[str, tuple[str, str, str]], *, at: datetime
) -> list[Text]:
    """One text per channel of the plan and language of a reader. Every copy carries the check code (T2)."""
    copies, easy = [], easy_texts_of_notice(notice)
    urgent = help_numbers_in(notice.partnership.area, notice.partnership.languages[0]).police_and_help
    for language in LANGUAGES:
        text_language = written_language_for_reader(language, texts, rule.languages)
        words = (*texts[text_language], easy.get(text_language, ""))
        with translation.override(language):
            for key in add_preceding_channels(rule.channels):
                copy = _copy_function_for_channel(channels()[key].abilities)
                line = how_to_answer_line_for_channel(notice, rule, key, language, at=at)
                copies.append(copy(notice, key, language, text_language, words, line, at, urgent))
    return copies


def _join_paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _copy_function_for_channel(abilities: Abilities) -> Callable[..., Text]:
    """How a copy is made for a channel with these abilities."""
    if abilities.spoken:
        return _spoken_copy
    if abilities.by_hand:
        return _printed_or_phoned_copy
    return _short_copy if abilities.max_length is not None else _mail_or_letter_copy


def preview_copies(
    notice: Notice, rule: MessageRule, texts: Mapping[str, tuple[str, str, str]], *, at: datetime
) -> list[Text]:
    """What members will read, per channel and written language."""
    return [
        copy for copy in message_texts_by_channel_and_language(notice, rule, texts, at=at) if copy.language in texts
    ]


def _language_name_in_active_one(code: str) -> str:
    """The name of a language in the active one."""
    return str(dict(settings.LANGUAGES)[code])


def _short_copy(
    notice: Notice,
    channel: str,
    language: str,
    text_language: str,
    words: CopyWords,
    answer_line: str,
    _at: datetime,
    urgent: tuple[str, str],
) -> Text:
    """The SMS or notification: who speaks, the core, the safety line, the check code."""
    core = with_safety_line(strip_slots(words[1]), language=text_language, kind=notice.kind, numbers=urgent)
    note = (
        text(TEXTS, "other_language_short", language, language=_language_name_in_active_one(text_language))
        if language != text_language
        else ""
    )
    body = text(
        TEXTS,
        "short",
        language,
        sign=SIGNS[notice.partnership.kind][language],
        sender=_short_sender(notice, language),
        prefix=_correction_prefix(notice, language, core),
        note=f"{note} " if note else "",
        core=f"{core} {answer_line}",
        check_code=Slot.CHECK_CODE,
    )
    body = " ".join(body.split())
    body = gsm_alphabet_spelling(body) if channels()[channel].abilities.cost else body
    subject = _mail_subject(notice, language, strip_slots(words[0])) if channels()[channel].abilities.titles else ""
    return Text(channel=channel, language=language, subject=subject, body=body)


def other_language_note_or_empty(language: str, text_language: str) -> str:
    """The line above a text that is not in the reader's language, or nothing."""
    if language == text_language:
        return ""
    return f"{text(TEXTS, 'other_language', language, language=_language_name_in_active_one(text_language))}\n\n"


def _language_and_origin_note(notice: Notice, language: str, text_language: str) -> str:
    """What stands above a text: that it is in another language than the reader's, and which zone it came from."""
    return f"{other_language_note_or_empty(language, text_language)}{_origin_note(notice, language)}"


def _origin_note(notice: Notice, language: str) -> str:
    """Which police a message from another zone came from, and which quarter it is about; else nothing."""
    names = _origin_names(notice, language)
    return f"{text(TEXTS, 'from_elsewhere', language, **names)}\n\n" if names else ""


def _short_sender(notice: Notice, language: str) -> str:
    """Who speaks in a short text, and about which quarter where that is in another zone (R120)."""
    sender, names = notice.partnership.name(language), _origin_names(notice, language)
    return text(TEXTS, "from_elsewhere_short", language, sender=sender, quarter=names["quarter"]) if names else sender


def _origin_names(notice: Notice, language: str) -> dict[str, str]:
    """The zone and the quarter that a message from another zone came from; empty for one of this zone."""
    home = zone_around(notice.lead.partnership.area) if notice.lead else None
    if notice.lead is None or home is None or home == zone_around(notice.partnership.area):
        return {}
    return {"zone": home.name(language), "quarter": notice.lead.partnership.name(language)}


def _printed_or_phoned_copy(
    notice: Notice,
    channel: str,
    language: str,
    text_language: str,
    words: CopyWords,
    answer_line: str,
    _at: datetime,
    _urgent: tuple[str, str],
) -> Text:
    """What is printed or read aloud: the message alone; the channel's own sheet says whom to phone and the rest."""
    title, core, more, easy = (strip_slots(part) for part in words)
    before = _language_and_origin_note(notice, language, text_language)
    body, easy_body = (
        f"{before}{_correction_prefix(notice, language, part)}{_join_paragraphs(part, answer_line)}" if part else ""
        for part in (_join_paragraphs(core, more), easy)
    )
    subject = _mail_subject(notice, language, title)
    return Text(channel=channel, language=language, subject=subject, body=body, easy_body=easy_body)


def _body_and_easy_body(
    notice: Notice, words: CopyWords, answer_line: str, text_language: str, urgent: tuple[str, str]
) -> tuple[str, str]:
    """What a whole copy says with its safety and how it is answered, and the same in easy language or nothing."""
    _title, core, more, easy = (strip_slots(part) for part in words)
    body, easy_body = (
        _join_paragraphs(with_safety_line(part, language=text_language, kind=notice.kind, numbers=urgent), answer_line)
        if part
        else ""
        for part in (_join_paragraphs(core, more), easy)
    )
    return body, easy_body


def _spoken_copy(
    notice: Notice,
    channel: str,
    language: str,
    text_language: str,
    words: CopyWords,
    _line: str,
    _at: datetime,
    _urgent: tuple[str, str],
) -> Text:
    """What a machine reads aloud on the telephone; what is in another language is read by a voice of that one."""
    numbers = help_numbers_in(notice.partnership.area, language)
    if language == text_language or _is_composed_in(notice, language):
        body = _fill_spoken_frame("call_spoken", notice, language, words, numbers)
    else:
        read = _fill_spoken_frame("call_spoken", notice, text_language, words, numbers).split("\n\n")
        body = other_language_note_or_empty(language, text_language) + "\n\n".join(
            f"[{text_language}] {part}" for part in read
        )
    return Text(channel=channel, language=language, subject="", body=body)


def _mail_or_letter_copy(
    notice: Notice,
    channel: str,
    language: str,
    text_language: str,
    words: CopyWords,
    answer_line: str,
    at: datetime,
    urgent: tuple[str, str],
) -> Text:
    """The mail, letter or text read aloud: everything, with who wrote and who released it (T1)."""
    bodies = _body_and_easy_body(notice, words, answer_line, text_language, urgent)
    pieces = [_notice_within_digest_mail(notice, language, text_language, body, at) if body else "" for body in bodies]
    links = {"settings_link": Slot.SETTINGS_LINK, "stop_link": Slot.STOP_LINK}
    filled = [text(TEXTS, "whole", language, name=Slot.NAME, piece=piece, **links) if piece else "" for piece in pieces]
    return Text(
        channel=channel,
        language=language,
        subject=_mail_subject(notice, language, strip_slots(words[0])),
        body=filled[0],
        piece=pieces[0],
        easy_body=filled[1],
        easy_piece=pieces[1],
    )


def _notice_within_digest_mail(notice: Notice, language: str, text_language: str, body: str, at: datetime) -> str:
    """What stands of a mail among several messages in one copy: the words, how to report, and whose they are."""
    phone = notice.partnership.contact_phone
    return text(
        TEXTS,
        "piece",
        language,
        note=_language_and_origin_note(notice, language, text_language),
        prefix=_correction_prefix(notice, language, body),
        body=body,
        report_link=pages.REPORT.link(),
        by_phone=f" {text(TEXTS, 'report_by_phone', language, number=format_phone_number(phone))}" if phone else "",
        sign=SIGNS[notice.partnership.kind][language],
        partnership=notice.partnership.name(language),
        author=notice.author.name if notice.author else "",
        releaser=notice.release.by.name if hasattr(notice, "release") and notice.release.by else "[…]",
        date=date_format(local(at), "DATETIME_FORMAT"),
        check_code=Slot.CHECK_CODE,
        check_link=pages.CHECK.link(),
    )


def _mail_subject(notice: Notice, language: str, title: str) -> str:
    """The kind in the active language and the title: a dash between them where the title has a colon of its own."""
    mark = " –" if ":" in title else colon(language)
    return f"{KINDS[notice.kind].label}{mark} {title}"[:200]


def words_for_text_to_speech(notice: Notice, language: str, words: tuple[str, str, str], numbers: HelpNumbers) -> str:
    """The words for a machine that reads aloud, greeting to goodbye: no link, and each number stands by itself."""
    return _fill_spoken_frame("spoken", notice, language, words, numbers)


def _is_composed_in(notice: Notice, language: str) -> bool:
    """Whether its choice of sentences gives the message in ``language``: a sentence of a zone may lack it."""
    composition = stored_composition_or_none(notice)
    return composition is not None and language in composition.languages


def _fill_spoken_frame(
    text_name: str, notice: Notice, language: str, words: Sequence[str], numbers: HelpNumbers
) -> str:
    """The text ``text_name`` around the words of a notice as they are spoken."""
    composition = stored_composition_or_none(notice)
    if composition is not None and language in composition.languages:
        message = compose_message_text(composition, language).spoken
    else:
        core, more = strip_slots(words[1]), strip_slots(words[2])
        message = _correction_prefix(notice, language, core) + "\n\n".join(part for part in (core, more) if part)
    sender, message = notice.partnership.name(language), f"{_origin_note(notice, language)}{message}"
    police, aid = (spell_out_numbers(number, language) for number in numbers.police_and_help)
    network = kind_names_within_sentence(notice.partnership.kind)[language]
    return text(TEXTS, text_name, language, network=network, sender=sender, message=message, police=police, help=aid)


def _correction_prefix(notice: Notice, language: str, words: str) -> str:
    """``Correction: `` before ``words`` that correct an earlier message, else nothing; not where they say so
    themselves, in whichever language.
    """
    if not notice.corrects_id or (notice.composition or {}).get("changed"):
        return ""
    prefixes = {code: text(TEXTS, "correction", code) for code in LANGUAGES}
    begins = tuple(prefix.rstrip(": \N{NO-BREAK SPACE}").casefold() for prefix in prefixes.values())
    return "" if words.casefold().startswith(begins) else f"{prefixes[language]} "
