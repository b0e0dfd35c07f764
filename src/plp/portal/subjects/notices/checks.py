"""The message check and the copies of a notice, shaped for the page."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.charter.kinds import KINDS
from plp.charter.queries import rule_for
from plp.delivery.channel import Metered
from plp.delivery.installed import channels
from plp.delivery.texts import Text, fill
from plp.notices.copies import preview_copies
from plp.notices.models import Notice
from plp.notices.preview import sample_values
from plp.notices.queries import CheckedFinding, check_texts
from plp.toolbox.texts import LANGUAGES
from plp.wording.check import passing_sentence, rule_advice, rule_reason
from plp.wording.length import segments
from plp.wording.proposals import replace_sentence, sentence_span

Words = Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True)
class FindingRow:
    """A finding with why and what to write instead, in the reader's language; ``key`` names its reason in the form.

    ``say`` is a sentence that passes, in the language of the message.
    """

    judged: CheckedFinding
    why: str
    instead: str
    say: str
    key: str

    @property
    def marked(self) -> tuple[str, str, str]:
        """The sentence as written: what stands before the words that were found, these words, and what follows."""
        text, finding = self.judged.text, self.judged.finding
        start, end = sentence_span(text, finding)
        return text[start : finding.start], finding.excerpt, text[finding.end : end]

    @property
    def may_override(self) -> bool:
        """Whether a reason may let it pass (R73); the rule on ethnic profiling has none (R74)."""
        return self.judged.finding.override == "police" and self.judged.blocks


@dataclass(frozen=True)
class Length:
    """How long the short text of one language is, and what it costs as SMS together with what is added to it."""

    language: str
    used: int
    left: int
    limit: int
    segments: int
    foreign: str


@dataclass(frozen=True)
class Copy:
    """What a member will read by one channel in one language, with sample words in the personal places."""

    language: str
    channel: Any
    look: str
    subject: str
    body: str
    note: str


def reason_field_name(judged: CheckedFinding) -> str:
    """The name of the form field for the reason that lets this finding pass."""
    named = f"{judged.language}|{judged.finding.rule}|{judged.finding.excerpt}"
    return f"reason-{hashlib.sha256(named.encode()).hexdigest()[:16]}"


def findings_of(notice: Notice, texts: Words, language: str) -> list[FindingRow]:
    """What the message check says of ``texts``, what holds the message first."""
    rows = [_finding_row(checked, language) for checked in check_texts(notice, texts)]
    return sorted(rows, key=lambda row: not row.judged.blocks)


def _finding_row(checked: CheckedFinding, reader: str) -> FindingRow:
    rule = checked.finding.rule
    proposal = passing_sentence(rule, checked.language)
    return FindingRow(
        checked, rule_reason(rule, reader), rule_advice(rule, reader), proposal, reason_field_name(checked)
    )


def replace_held_sentence(notice: Notice, texts: Words, key: str) -> tuple[str, tuple[str, str, str]] | None:
    """The language and words of the text in which the sentence of finding ``key`` is replaced by one that passes.

    ``None`` when the words have changed and nothing of that name is found any more.
    """
    checked = next((finding for finding in check_texts(notice, texts) if reason_field_name(finding) == key), None)
    if checked is None:
        return None
    finding, begin = checked.finding, 0
    words = list(texts[checked.language])
    for place, part in enumerate(words):
        if begin <= finding.start <= begin + len(part):
            inside = replace(finding, start=finding.start - begin, end=finding.end - begin)
            words[place] = replace_sentence(part, inside, passing_sentence(finding.rule, checked.language))
            break
        begin += len(part) + len("\n\n")
    title, core, more = words
    return checked.language, (title, core, more)


def preview_of(notice: Notice, texts: Words, *, at: datetime) -> list[Copy]:
    """Every copy in the languages written, language by language, and a mail in easy language. Raises ``NoPlan``."""
    if not texts:
        return []
    rule = rule_for(notice.partnership, notice.kind, at=at)
    copies = preview_copies(notice, rule, texts, at=at)
    simple = {text.language: text for text in sorted(copies, key=lambda text: bool(text.easy_piece)) if text.easy_body}
    easy = [(text.for_reader(easy=True), _("in simple words")) for text in simple.values()]
    rows = [_copy(text, about) for text, about in [*((text, "") for text in copies), *easy]]
    return sorted(rows, key=lambda copy: LANGUAGES.index(copy.language))


def unwritten_languages(notice: Notice, texts: Words) -> list[str]:
    """The languages of the partnership in which nothing is written yet."""
    return [language for language in notice.partnership.languages if language not in texts]


def _copy(text: Text, about: str) -> Copy:
    channel = channels()[text.channel]
    body = fill(text.body, sample_values())
    is_short = channel.abilities.max_length is not None
    parts = segments(body).segments
    note = ngettext("%d SMS part", "%d SMS parts", parts) % parts if is_short and isinstance(channel, Metered) else ""
    look = "sms" if is_short else "email"
    label = f"{channel.label}, {about}" if about else channel.label
    return Copy(text.language, label, look, text.subject, body, note)


def lengths_of(notice: Notice, texts: Words, *, at: datetime) -> list[Length]:
    """The length of every short text against the limit of its kind (R128), and what the whole SMS costs."""
    limit = KINDS[notice.kind].short_limit
    rule = rule_for(notice.partnership, notice.kind, at=at)
    bodies = {
        text.language: fill(text.body, sample_values())
        for text in (preview_copies(notice, rule, texts, at=at) if texts else [])
        if isinstance(channels()[text.channel], Metered) and not channels()[text.channel].abilities.spoken
    }
    return [
        Length(language, len(core), limit - len(core), limit, counted.segments, " ".join(counted.foreign))
        for language, (_title, core, _more) in texts.items()
        if core and (counted := segments(bodies.get(language, core)))
    ]
