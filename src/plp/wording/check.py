"""The message check: text in, findings out. It warns or holds; the police decide (docs/words.md)."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from plp.wording.findings import Finding, Mark, Note, Report, Verdict
from plp.wording.language_detection import foreign_sentences, maybe_foreign_sentences
from plp.wording.lexicon import (
    LANGUAGES,
    ONE_AT_A_TIME,
    RULES,
    RuleWords,
    pattern_book,
    rule_file,
    rule_words,
    words_shared_by_rules,
)
from plp.wording.negation import Negations, Withdrawals
from plp.wording.patterns import Hit, PatternSet
from plp.wording.second_reader import marks_after_second_reading
from plp.wording.severity import KINDS, severity_of_finding, who_may_override
from plp.wording.together import Together
from plp.wording.tokens import Token, tokenise
from plp.wording.vocabulary import Reading

ALARM_LENGTH = 320  # characters, R128
MOST_PER_RULE = 20  # findings; a text with more is held anyway
MOST_HONEST = 5000
CUT_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)+")
UNSEEN = "\N{SOFT HYPHEN}"
SIGN_WITHIN_WORD = re.compile(r"!(?<=[^\W\d_]!)(?=[^\W\d_]{2})")
PASSES_NEAR = 1  # sentences before and after one that explains them
REMEMBERED = 64  # texts last read: one is checked as it is written, at each gate, and for each who opens its page


def check(
    text: str,
    *,
    language: str,
    kind: str,
    official_numbers: Iterable[str] = (),
    any_language: bool = False,
    two_readers: bool = False,
) -> Report:
    """Check a message of any length against every rule of docs/words.md (R71–R74, R89, R110, R113).

    ``language`` is one of ``LANGUAGES``, ``kind`` one of ``KINDS``; ``official_numbers`` are telephone numbers, in any
    writing, that may stand in a message. ``any_language``: the words of somebody who may write in any language on a
    page of another one; a coordinator's note is always read so. ``two_readers``: the second reader has its say too
    (ADR 90). Findings come in reading order. Raises ``ValueError`` for an unknown language or kind.
    """
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}: choose one of {', '.join(LANGUAGES)}")
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}: choose one of {', '.join(KINDS)}")
    anywhere = any_language or kind == "coordinator_note"
    with ONE_AT_A_TIME:
        rule_marks, by_form = _marks_of_rules_and_by_form(text, language, kind, tuple(official_numbers), anywhere)
    marks = [*rule_marks, *by_form]
    if two_readers:
        weighed = marks_after_second_reading(text, rule_marks, by_form, kind, language)
        marks = [mark for mark in weighed if mark in marks or not _is_honest_phrase(text, mark, language)]
    findings = tuple(_finding_of_mark(text, mark, kind) for mark in _without_overlaps(marks))
    verdict: Verdict = "ok" if not findings else "hold" if any(one.severity == "hold" for one in findings) else "warn"
    return Report(verdict, findings, _length_notes(text, kind))


def rule_reason(rule: str, ui_language: str) -> str:
    """Why the rule exists, in plain words of the reader's language. Raises ``ValueError`` for an unknown rule."""
    return _rule_words(rule, ui_language).reason


def rule_advice(rule: str, ui_language: str) -> str:
    """What to write instead, in plain words of the reader's language. Raises ``ValueError`` for an unknown rule."""
    return _rule_words(rule, ui_language).advice


def suggested_replacement_sentence(rule: str, language: str) -> str:
    """A sentence in ``language`` that passes, for the place of one that is held. Raises ``ValueError``."""
    return _rule_words(rule, language).say


def _rule_words(rule: str, language: str) -> RuleWords:
    if rule not in RULES or language not in LANGUAGES:
        raise ValueError(f"no words for rule {rule!r} in language {language!r}")
    with ONE_AT_A_TIME:
        return rule_words(rule, language)


def _length_notes(text: str, kind: str) -> tuple[Note, ...]:
    too_long = kind == "alarm" and len(text) > ALARM_LENGTH
    return (Note("length", len(text), ALARM_LENGTH),) if too_long else ()


@lru_cache(maxsize=REMEMBERED)
def _marks_of_rules_and_by_form(
    text: str, language: str, kind: str, official_numbers: tuple[str, ...], anywhere: bool
) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    from plp.wording.detectors import detect_marks  # noqa: PLC0415 - heavy, and models that keep sentences begin here

    by_form = tuple(detect_marks(text, language, kind, official_numbers=official_numbers))
    return tuple(_marks_of_rules(text, language, kind, by_form, anywhere=anywhere)), by_form


def _marks_of_rules(text: str, language: str, kind: str, by_form: Sequence[Mark], *, anywhere: bool) -> Iterator[Mark]:
    """Marks of the rules in the declared language, and in another one where a sentence is, or may be, in it.

    A text with an exclamation mark within a word is read twice: "patrou!llez", and "attention!suivez".
    """
    for written in dict.fromkeys((text, SIGN_WITHIN_WORD.sub("i", text))):
        yield from _marks_in_declared_and_other_language(written, language, kind, by_form, anywhere=anywhere)


def _marks_in_declared_and_other_language(
    text: str, language: str, kind: str, by_form: Sequence[Mark], *, anywhere: bool
) -> Iterator[Mark]:
    tokens = tokenise(text, language, clause_openers=words_shared_by_rules(language).turns)
    yield from _marks_in_language(tokens, language, kind, by_form)
    mended_text = _rejoin_hyphenated_rule_words(text, language)
    if mended_text != text:
        joined = tokenise(mended_text, language, clause_openers=words_shared_by_rules(language).turns)
        yield from _marks_in_language(joined, language, kind, by_form)
    others = maybe_foreign_sentences(tokens, language) if anywhere else foreign_sentences(tokens, language)
    for other, sentences in others.items():
        foreign = tokenise(text, other, clause_openers=words_shared_by_rules(other).turns)
        yield from _marks_in_language([token for token in foreign if token.sentence in sentences], other, kind, by_form)


def _rejoin_hyphenated_rule_words(text: str, language: str) -> str:
    """The text, as long as before, with the hyphens unseen that cut a word of the rules: "pa-trouiller"."""
    vocabulary = pattern_book(language).vocabulary

    def join_parts(cut: re.Match[str]) -> str:
        parts = re.split("[-‐‑]", cut[0])
        return UNSEEN.join(parts) if vocabulary.is_cut_by_hyphens(parts) else cut[0]

    return CUT_WORD.sub(join_parts, text) if "-" in text or "‐" in text or "‑" in text else text


def _marks_in_language(tokens: Sequence[Token], language: str, kind: str, by_form: Sequence[Mark]) -> Iterator[Mark]:
    files = {rule: rule_words(rule, language) for rule in RULES}
    shared = words_shared_by_rules(language)
    reading = Reading(tokens, pattern_book(language).vocabulary, _positions_of_names(tokens, by_form))
    negations, withdrawals = Negations(reading, shared), Withdrawals(reading, shared)
    shared_in = (reading.sentences[hit.first] for hit in shared.shares.find(reading) if not negations.negates(hit))
    calls_to_share = frozenset(shared_in)
    for rule, file in files.items():
        negated = negations if rule_file(rule)["undone_by_negation"] else None
        hits = _standing_hits_and_doubts(file, reading, negated, kind, calls_to_share)
        standing = ((hit, doubtful) for hit, doubtful in hits if not withdrawals.takes_back(hit))
        yield from (
            Mark(rule, tokens[hit.first].start, tokens[hit.last].end, doubtful, hit.hint)
            for hit, doubtful in islice(standing, MOST_PER_RULE)
        )


def _positions_of_names(tokens: Sequence[Token], marks: Sequence[Mark]) -> frozenset[int]:
    """Places of the words that name a person, so that a rule can ask for a name (``@``)."""
    starts = [token.start for token in tokens]
    spans = [(mark.start, mark.end) for mark in marks if mark.rule == "names_person"]
    return frozenset(
        place for start, end in spans for place in range(bisect_left(starts, start), bisect_left(starts, end))
    )


def _standing_hits_and_doubts(
    file: RuleWords, reading: Reading, negations: Negations | None, kind: str, sharing_sentences: frozenset[int]
) -> Iterator[tuple[Hit, bool]]:
    """Hits of one rule that are neither honest, negated, nor asked for and refused; and whether they are doubtful."""
    sets: list[tuple[PatternSet | Together, bool]] = [(file.patterns, False), (file.together, False)]
    if kind == "coordinator_note":
        sets += [(file.in_notes, False), (file.together_in_notes, False)]
    sets.append((file.doubts, True))
    honest: set[int] | None = None
    for patterns, doubtful in sets:
        for hit in patterns.find(reading):
            if honest is None:
                honest = _harmless_positions(file, reading, sharing_sentences)
            is_honest = not honest.isdisjoint(range(hit.first, hit.last + 1))
            if (negations is not None and negations.is_done_despite_prohibition(hit)) or not (
                is_honest or _is_negated_or_refused(hit, negations)
            ):
                yield hit, doubtful
    yield from (
        (hit, False)
        for hit in file.held_beside_honest.find(reading, over=2)
        if not _is_negated_or_refused(hit, negations)
    )


def _is_negated_or_refused(hit: Hit, negations: Negations | None) -> bool:
    return negations is not None and (negations.is_refused_request(hit) or (not hit.firm and negations.negates(hit)))


def _harmless_positions(file: RuleWords, reading: Reading, sharing_sentences: frozenset[int]) -> set[int]:
    """Places of honest words, and of sentences that pass; none passes for its neighbours in ``sharing_sentences``."""
    hits = list(islice(file.honest.find(reading, longest=True), MOST_HONEST))
    unwarned = list(islice(file.honest_unwarned.find(reading, longest=True), MOST_HONEST))
    if unwarned:
        warned = _sentence_numbers_near_patterns(words_shared_by_rules(reading.vocabulary.language).warns, reading)
        hits += [hit for hit in unwarned if reading.sentences[hit.first] not in warned]
    places = {place for hit in hits for place in range(hit.first, hit.last + 1)}
    places |= {
        place for hit in file.passes_clause.find(reading) for place in _positions_of_clause_around_hit(hit, reading)
    }
    passing = {reading.sentences[hit.first] for hit in file.passes_beside.find(reading)}
    explained = _sentence_numbers_near_patterns(file.passes_near, reading)
    passing |= explained - sharing_sentences
    return places | {place for place, sentence in enumerate(reading.sentences) if sentence in passing}


def _is_honest_phrase(text: str, mark: Mark, language: str) -> bool:
    """Whether one honest phrase of its rule is all that the marked words say: "check every 50 euro note"."""
    tokens = tokenise(text[mark.start : mark.end], language, clause_openers=words_shared_by_rules(language).turns)
    with ONE_AT_A_TIME:
        reading = Reading(tokens, pattern_book(language).vocabulary)
        hits = islice(rule_words(mark.rule, language).honest.find(reading, longest=True), MOST_HONEST)
        return any((hit.first, hit.last) == (0, len(tokens) - 1) for hit in hits)


def _positions_of_clause_around_hit(hit: Hit, reading: Reading) -> range:
    """The places around ``hit`` in its sentence, from and up to where we or its readers are spoken of."""
    sentence = [place for place, number in enumerate(reading.sentences) if number == reading.sentences[hit.first]]
    cuts = [other.first for other in words_shared_by_rules(reading.vocabulary.language).subjects.find(reading)]
    begin = max((cut for cut in cuts if sentence[0] <= cut <= hit.first), default=sentence[0])
    return range(begin, min((cut for cut in cuts if hit.first < cut <= sentence[-1]), default=sentence[-1] + 1))


def _sentence_numbers_near_patterns(patterns: PatternSet, reading: Reading) -> set[int]:
    """The sentences in which one of the patterns stands, with those before and after."""
    near = range(-PASSES_NEAR, PASSES_NEAR + 1)
    return {reading.sentences[hit.first] + step for hit in patterns.find(reading) for step in near}


def _without_overlaps(marks: Iterable[Mark]) -> list[Mark]:
    """Reading order; of marks of one rule that overlap, the surest and then the longest stays."""
    kept: dict[str, list[Mark]] = {rule: [] for rule in RULES}
    for mark in sorted(marks, key=lambda one: (one.doubtful, one.start, -one.end)):
        same = kept[mark.rule]
        if len(same) < MOST_PER_RULE and not any(mark.start < other.end and other.start < mark.end for other in same):
            same.append(mark)
    return sorted((mark for same in kept.values() for mark in same), key=lambda one: (one.start, one.end, one.rule))


def _finding_of_mark(text: str, mark: Mark, kind: str) -> Finding:
    return Finding(
        rule=mark.rule,
        start=mark.start,
        end=mark.end,
        excerpt=text[mark.start : mark.end],
        severity=severity_of_finding(mark.rule, kind, doubtful=mark.doubtful),
        override=who_may_override(mark.rule),
    )
