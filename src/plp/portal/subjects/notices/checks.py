"""The message check and the copies of a notice, shaped for the page."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.charter.kinds import KINDS
from plp.charter.queries import required_plan_rule
from plp.delivery.channel import Metered
from plp.delivery.installed import channels
from plp.delivery.texts import Text, fill_slots
from plp.notices.compositions import languages_notice_leaves_in
from plp.notices.copies import preview_copies
from plp.notices.models import Notice
from plp.notices.preview import sample_slot_values
from plp.notices.queries import CheckedFinding, check_texts_in_every_language
from plp.toolbox.texts import LANGUAGES
from plp.wording.check import rule_advice, rule_reason, suggested_replacement_sentence
from plp.wording.length import count_segments
from plp.wording.proposals import sentence_span

Words = Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True)
class FindingReason:
    """Why a rule holds a sentence and what to write instead, in the reader's language."""

    why: str
    instead: str


@dataclass(frozen=True)
class FindingCard:
    """One sentence with everything the check says of it, in whichever languages of the message it stands.

    ``key`` names the card in the form: its reason, and its proposal. ``judgements``: what holds comes first.
    """

    key: str
    sentence: str
    judgements: Sequence[CheckedFinding]
    reasons: Sequence[FindingReason]
    reader: str

    @property
    def languages(self) -> list[str]:
        """The languages in whose text the sentence stands, that of the reader first."""
        codes = {judged.language for judged in self.judgements}
        return sorted(codes, key=lambda code: (code != self.reader, LANGUAGES.index(code)))

    @property
    def allowed_sentence(self) -> str:
        """A sentence that passes, in the first language of the card."""
        return self.proposal_in(self.languages[0])

    def proposal_in(self, language: str) -> str:
        """A sentence in ``language`` that passes, for the place of this one."""
        return suggested_replacement_sentence(self.judgements[0].finding.rule, language)

    @property
    def blocks_message(self) -> bool:
        """Whether it keeps the message from leaving."""
        return any(judged.blocks for judged in self.judgements)

    @property
    def override_reason(self) -> str:
        """The reason for which it passes; empty while something still holds it, or nothing did."""
        return "" if self.blocks_message else next((judged.reason for judged in self.judgements if judged.reason), "")

    @property
    def can_be_overridden(self) -> bool:
        """Whether one reason may let it pass (R73); the rule on ethnic profiling has none (R74)."""
        return self.blocks_message and all(
            judged.finding.override == "police" for judged in self.judgements if judged.blocks
        )

    @property
    def marked_parts(self) -> list[tuple[str, bool]]:
        """The sentence in parts, each with whether it is among the words that were found."""
        found_at = [False] * len(self.sentence)
        for judged in self.judgements:
            begin = sentence_span(judged.text, judged.finding)[0]
            first, end = judged.finding.start - begin, judged.finding.end - begin
            found_at[first:end] = [True] * (end - first)
        places = groupby(zip(self.sentence, found_at, strict=True), key=lambda place: place[1])
        return [("".join(sign for sign, _is_found in part), is_found) for is_found, part in places]


@dataclass(frozen=True)
class ShortTextLength:
    """How long the short text of one language is, and what it costs as SMS together with what is added to it."""

    language: str
    used: int
    left: int
    limit: int
    segments: int
    foreign: str


@dataclass(frozen=True)
class CopyPreview:
    """What a member will read by one channel in one language, with sample words in the personal places."""

    channel: Any
    look: str
    subject: str
    body: str
    note: str


@dataclass(frozen=True)
class LanguageCopies:
    """The copies of one language: the whole one and the SMS, which are read first, and those of the other channels.

    ``is_read``: it is a language of the partnership, or somebody whom the message goes to reads it.
    """

    language: str
    open_copies: Sequence[CopyPreview]
    others: Sequence[CopyPreview]
    is_read: bool

    @property
    def other_channels(self) -> str:
        """By which channels the others go."""
        return ", ".join(str(copy.channel) for copy in self.others)


def finding_cards(notice: Notice, texts: Words, reader: str) -> list[FindingCard]:
    """What the message check says of ``texts``, a card a sentence, what holds the message first."""
    by_sentence: dict[str, list[CheckedFinding]] = {}
    for checked in check_texts_in_every_language(notice, texts, two_readers=True):
        start, end = sentence_span(checked.text, checked.finding)
        by_sentence.setdefault(checked.text[start:end], []).append(checked)
    cards = [_finding_card(sentence, judgements, reader) for sentence, judgements in by_sentence.items()]
    return sorted(cards, key=lambda card: not card.blocks_message)


def _finding_card(sentence: str, judgements: Sequence[CheckedFinding], reader: str) -> FindingCard:
    key = f"reason-{hashlib.sha256(sentence.encode()).hexdigest()[:16]}"
    ordered = sorted(judgements, key=lambda judged: not judged.blocks)
    rules = dict.fromkeys(judged.finding.rule for judged in ordered)
    reasons = [FindingReason(rule_reason(rule, reader), rule_advice(rule, reader)) for rule in rules]
    return FindingCard(key, sentence, ordered, reasons, reader)


def texts_with_proposal(texts: Words, card: FindingCard) -> dict[str, tuple[str, str, str]]:
    """``texts`` with a sentence that passes in the place of that of the ``card``, in each of its languages."""
    changed = {}
    for language in card.languages:
        title, core, more = (part.replace(card.sentence, card.proposal_in(language)) for part in texts[language])
        changed[language] = (title, core, more)
    return {**texts, **changed}


def copy_previews(notice: Notice, texts: Words, *, at: datetime) -> list[LanguageCopies]:
    """Every copy in the languages written, and a mail in easy language: languages that are read come first, those of
    the partnership in its order. Raises ``NoPlan``.
    """
    if not texts:
        return []
    rule = required_plan_rule(notice.partnership, notice.kind, at=at)
    copies = preview_copies(notice, rule, texts, at=at)
    simple = {text.language: text for text in sorted(copies, key=lambda text: bool(text.easy_piece)) if text.easy_body}
    easy = [(text.in_easy_language_if_chosen(easy=True), _("in simple words")) for text in simple.values()]
    by_language: dict[str, list[CopyPreview]] = {}
    for text, about in [*((text, "") for text in copies), *easy]:
        by_language.setdefault(text.language, []).append(_copy_preview(text, about))
    read_in = languages_notice_leaves_in(notice)
    order = sorted(_in_order_of_partnership(notice, by_language), key=lambda language: language not in read_in)
    return [_language_copies(language, by_language[language], is_read=language in read_in) for language in order]


def _in_order_of_partnership(notice: Notice, languages: Collection[str]) -> list[str]:
    return [code for code in dict.fromkeys((*notice.partnership.languages, *LANGUAGES)) if code in languages]


def _language_copies(language: str, copies: Sequence[CopyPreview], *, is_read: bool) -> LanguageCopies:
    mail = next((copy for copy in copies if copy.look == "email"), copies[0])
    sms = next((copy for copy in copies if copy.look == "sms" and copy is not mail), None)
    open_copies = [mail, sms] if sms else [mail]
    return LanguageCopies(language, open_copies, [copy for copy in copies if copy not in open_copies], is_read)


def unwritten_languages(notice: Notice, texts: Words) -> list[str]:
    """The languages of the partnership in which nothing is written yet."""
    return [language for language in notice.partnership.languages if language not in texts]


def _copy_preview(text: Text, about: str) -> CopyPreview:
    channel = channels()[text.channel]
    body = fill_slots(text.body, sample_slot_values())
    is_short = channel.abilities.max_length is not None
    parts = count_segments(body).segments
    note = ngettext("%d SMS part", "%d SMS parts", parts) % parts if is_short and isinstance(channel, Metered) else ""
    look = "sms" if is_short else "email"
    label = f"{channel.label}, {about}" if about else channel.label
    return CopyPreview(label, look, text.subject, body, note)


def short_text_length_values(notice: Notice, texts: Words, *, at: datetime) -> dict[str, Any]:
    """What the findings page shows of the short texts: each length, and whether one of them is too long."""
    lengths = short_text_lengths(notice, texts, at=at)
    return {"lengths": lengths, "is_too_long": any(length.left < 0 for length in lengths)}


def short_text_lengths(notice: Notice, texts: Words, *, at: datetime) -> list[ShortTextLength]:
    """The length of every short text that leaves against the limit of its kind (R128), and what the whole SMS costs."""
    limit = KINDS[notice.kind].short_limit
    rule = required_plan_rule(notice.partnership, notice.kind, at=at)
    bodies = {
        text.language: fill_slots(text.body, sample_slot_values())
        for text in (preview_copies(notice, rule, texts, at=at) if texts else [])
        if isinstance(channels()[text.channel], Metered) and not channels()[text.channel].abilities.spoken
    }
    sent = languages_notice_leaves_in(notice) if texts else ()
    return [
        ShortTextLength(language, len(core), limit - len(core), limit, counted.segments, " ".join(counted.foreign))
        for language in _in_order_of_partnership(notice, texts)
        if (core := texts[language][1]) and language in sent and (counted := count_segments(bodies.get(language, core)))
    ]
