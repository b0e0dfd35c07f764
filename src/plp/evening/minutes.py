"""The minutes as text: written from the facts, in one language, with no name but those the meeting decided on."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.utils import translation
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.documents import ForeignText
from plp.documents.dates import date_format, hour_text
from plp.evening.letters import day_in_words
from plp.evening.models import Meeting, Minutes, Question
from plp.evening.queries import presence_counts
from plp.evening.rules import VoteResult
from plp.evening.states import Purpose
from plp.partnership.translations import TranslatedRow
from plp.toolbox.clock import local
from plp.toolbox.texts import text
from plp.toolbox.words import colon

TEXTS = Path(__file__).parent / "texts"
EMPTY_LINES = re.compile(r"\n{3,}")


def draft_minutes_markdown(meeting: Meeting, language: str) -> str:
    """The minutes of a held meeting in ``language``, to be corrected: Markdown headings and lists."""
    starts = local(meeting.starts_at)
    with translation.override(language):
        people = presence_counts(meeting).total
        words = text(
            TEXTS,
            "minutes",
            language,
            title=capfirst(str(Purpose(meeting.purpose).label)),
            partnership=meeting.partnership.name(language),
            when=f"{date_format(starts, 'WEEKDAY_DATE_FORMAT')}, {hour_text(starts)}",
            place=f"{meeting.place_in(language)}, {meeting.street_in(language)}",
            present=ngettext("%d person", "%d people", people) % people,
            points=_agenda_points_markdown(meeting, language),
            votes=_votes_markdown(meeting, language),
            decisions=_decisions_markdown(meeting, language),
            opinions=_opinions_markdown(meeting, language),
        )
    return EMPTY_LINES.sub("\n\n", words)


def _agenda_points_markdown(meeting: Meeting, language: str) -> str:
    """Each point with what was noted of it; the others in one list."""
    parts, others = [], []
    for point in meeting.points.all():
        title = f"{point.position}. {point.title_in(language, meeting.languages)}"
        if record := point.text_in("record", language, meeting.languages):
            parts.append(f"### {title}\n\n{record}")
        else:
            others.append(f"- {title}")
    if parts and others:
        parts.append(_("Also discussed:"))
    return "\n\n".join([*parts, *(["\n".join(others)] if others else [])])


def vote_result_in_words(result: VoteResult) -> str:
    """What a vote came to, in the active language: ``12 yes, 3 no, 1 abstained: approved.``"""
    counts = ngettext(
        "%(yes)d yes, %(no)d no, %(abstain)d abstained",
        "%(yes)d yes, %(no)d no, %(abstain)d abstained",
        result.abstain,
    ) % {"yes": result.yes, "no": result.no, "abstain": result.abstain}
    if not result.quorum_met:
        return _("%(counts)s: not enough votes (%(quorum)d needed).") % {
            "counts": counts,
            "quorum": max(result.quorum, 1),
        }
    return (_("%s: approved.") if result.is_approved else _("%s: not approved.")) % counts


def _votes_markdown(meeting: Meeting, language: str) -> str:
    """The section of the votes; nothing after a meeting of members that held none."""
    lines = [
        f"- {capfirst(question.title)}{colon(language)} {vote_result_in_words(question.result)}"
        for question in meeting.questions.all()
        if question.result is not None
    ]
    if not lines and not meeting.is_information:
        return ""
    return f"## {_('Votes')}\n\n" + ("\n".join(lines) or _("There was no vote."))


def _decisions_markdown(meeting: Meeting, language: str) -> str:
    lines = [
        f"- {capfirst(row.get_about_display())}{colon(language)} {row.text_in('words', language, meeting.languages)} "
        + _("(%(owner)s, by %(due)s)") % {"owner": row.owner, "due": day_in_words(row.due, language)}
        for row in meeting.decisions.order_by("due", "pk")
    ]
    return "\n".join([*(f"- {agreed}" for agreed in agreed_terms_in_words(meeting, language)), *lines]) or _(
        "No agreement was noted."
    )


def agreed_terms_in_words(meeting: Meeting, language: str) -> list[str]:
    """What was agreed on contribution and launch, one sentence each, in the active language."""
    sentences = []
    if meeting.contribution:
        amount = number_format(meeting.contribution, 2)
        sentences.append(_("Contribution, euros a member a year: %s, voluntary.") % amount)
    elif meeting.contribution is not None:
        sentences.append(_("Members pay nothing."))
    if meeting.launch_on:
        sentences.append(_("The launch is planned on %s.") % day_in_words(meeting.launch_on, language))
    return sentences


def _opinions_markdown(meeting: Meeting, language: str) -> str:
    lines = [
        f"- {_as_one_line(row.text_in('words', language, meeting.languages)) or row.in_words()}"
        + (
            f"\n  - {_('Answer:')} {_as_one_line(row.text_in('answer', language, meeting.languages))}"
            if row.answer
            else ""
        )
        for row in meeting.opinions.order_by("pk")
    ]
    return "\n".join(lines) or _("No opinion was handed in.")


def untranslated_texts_of_minutes(meeting: Meeting) -> dict[str, list[str]]:
    """The words that stand in the minutes in another language than theirs, each with the languages that it lacks in.

    Where somebody worded it by hand in the minutes, it lacks no more.
    """
    lacking: dict[str, list[str]] = {}
    for minutes in meeting.minutes.order_by("language"):
        text_of_minutes = _as_one_line(minutes.text)
        for row, name in _texts_in_minutes(meeting):
            said = row.text_in(name, minutes.language, meeting.languages)
            if isinstance(said, ForeignText) and _as_one_line(said) in text_of_minutes:
                lacking.setdefault(said.words, []).append(minutes.language)
    return lacking


def _texts_in_minutes(meeting: Meeting) -> Iterator[tuple[TranslatedRow, str]]:
    """Every free text that the minutes print, with the name of its field."""
    for point in meeting.points.all():
        yield from ((point, name) for name in ("title", "record"))
    yield from ((vote, "label") for vote in meeting.questions.all() if vote.kind == Question.Kind.FREE)
    yield from ((row, "words") for row in meeting.decisions.all())
    for opinion in meeting.opinions.all():
        yield from ((opinion, name) for name in ("words", "answer"))


def _as_one_line(words: str) -> str:
    """What somebody wrote, as one entry of a list: its line breaks make no titles and no new entries."""
    return " ".join(words.split())


def minutes_digest(words: str) -> str:
    """The digest of approved minutes: SHA-256 of their bytes in UTF-8."""
    return sha256(words.encode()).hexdigest()


def hash_of_current_minutes(meeting: Meeting) -> str:
    """The hash of the minutes in all their languages, as they stand now: who approves sends that of what they read."""
    texts = meeting.minutes.order_by("language").values_list("language", "text")
    return minutes_digest(json.dumps([*texts]))


def is_text_unchanged_since_approval(minutes: Minutes) -> bool:
    """Whether approved minutes are still byte for byte what was approved."""
    return minutes.sha256 == minutes_digest(minutes.text)
