"""Sentences that a zone adds: typed with a gap in square brackets where a slot stands, and examined as ours are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plp.wording.catalogue.composer import CORE_UNITS, compose_message_text, open_slot_text
from plp.wording.catalogue.composition import Choice, Composition
from plp.wording.catalogue.faults import SENTENCE_END, findings_of_composed_text, typography_faults
from plp.wording.catalogue.reader import SLOT, CatalogueSentence, slot_labels, slot_values
from plp.wording.catalogue.streets import QUARTER
from plp.wording.check import check
from plp.wording.findings import Finding
from plp.wording.length import count_segments

PREFIX = "zone."
GAP = re.compile(r"\[([^\[\]]*)\]")
LONGEST, LONGEST_TITLE = 300, 80
OFFERED_SLOTS = (  # those whose words stand alone, so that nothing in the sentence has to agree with them
    "place", "day", "moment", "hour", "later", "span", "date", "number", "site", "building", "venue", "side", "entry",
    "cause", "hazard", "phone",
)  # fmt: skip
EXAMPLES = {"hour": "18:30", "later": "19:30", "span": "14:00-16:30", "date": "2026-12-03", "number": "3"}


@dataclass(frozen=True)
class SentenceFault:
    """What keeps words from being a sentence of the catalogue: ``cause`` is a key of what a page says about it.

    ``about`` is the part of the words it is about, ``finding`` what the message check says of it.
    """

    language: str
    cause: str
    about: str = ""
    finding: Finding | None = None


def gaps_to_slots(text: str, language: str) -> str:
    """``Fuite [lieu].`` as the catalogue keeps it, ``Fuite {place}.``; a gap that is no slot stays."""
    types = {slot_labels()[slot_type][language].casefold(): slot_type for slot_type in OFFERED_SLOTS}
    flat = " ".join(text.replace("{", "(").replace("}", ")").split())
    return GAP.sub(lambda gap: f"{{{types[key]}}}" if (key := gap[1].strip().casefold()) in types else gap[0], flat)


def slots_to_gaps(text: str, language: str) -> str:
    """The other way round: as it is typed."""
    return SLOT.sub(lambda slot: open_slot_text(slot[2], language), text)


def own_sentence(sentence_key: str, texts: Mapping[str, str], *, core: bool) -> CatalogueSentence:
    """A sentence of a zone. It may lack languages: a message with it is then not written in these."""
    return CatalogueSentence(key=sentence_key, core=core, texts=dict(texts), sms={}, spoken={}, easy={})


def sentence_faults(sentence: CatalogueSentence, *, situation: str, kind: str) -> list[SentenceFault]:
    """What is wrong with the sentence in each of its languages, whatever its slots hold; empty if nothing is."""
    faults = [fault for language in sentence.texts for fault in _faults_of_texts(sentence, language)]
    if faults:
        return faults
    return list(dict.fromkeys(_faults_when_composed(sentence, situation, kind)))


def _faults_of_texts(sentence: CatalogueSentence, language: str) -> Iterator[SentenceFault]:
    words = sentence.texts[language]
    types = [slot[2] for slot in SLOT.finditer(words)]
    others = {slot[2] for text in sentence.texts.values() for slot in SLOT.finditer(text)}
    if len(words) > LONGEST:
        yield SentenceFault(language, "too_long")
    if gap := GAP.search(words):
        yield SentenceFault(language, "unknown_slot", gap[0])
    if missing := sorted(others - set(types)):
        yield SentenceFault(language, "slot_missing", open_slot_text(missing[0], language))
    if twice := sorted({slot_type for slot_type in types if types.count(slot_type) > 1}):
        yield SentenceFault(language, "slot_twice", open_slot_text(twice[0], language))
    if not re.search(r"[.!?]$", words):
        yield SentenceFault(language, "no_end")


def _faults_when_composed(sentence: CatalogueSentence, situation: str, kind: str) -> Iterator[SentenceFault]:
    for choice in _example_choices(sentence):
        composition = Composition(situation, [choice], own={sentence.key: sentence})
        for language in sentence.texts:
            composed = compose_message_text(composition, language)
            for finding in findings_of_composed_text(composed, language, kind):
                yield SentenceFault(language, "held", finding.excerpt, replace(finding, start=0, end=0))
            if sentence.core and count_segments(composed.sms).units > CORE_UNITS:
                yield SentenceFault(language, "too_long_for_sms")
            if typography_faults(SENTENCE_END.sub(" ", composed.text)):
                yield SentenceFault(language, "badly_set")


def _example_choices(sentence: CatalogueSentence) -> Sequence[Choice]:
    """The sentence with each value that its slots may hold, one slot after the other."""
    first = {slot: _example_values(slot_type)[0] for slot, slot_type in sentence.slots.items()}
    varied = [
        Choice(sentence.key, first | {slot: value})
        for slot, slot_type in sentence.slots.items()
        for value in _example_values(slot_type)
    ]
    return varied or [Choice(sentence.key)]


def _example_values(slot_type: str) -> list[str]:
    if slot_type == "place":
        return [QUARTER]
    return [EXAMPLES[slot_type]] if slot_type in EXAMPLES else list(slot_values(slot_type))


def title_faults(titles: Mapping[str, str], *, kind: str) -> list[SentenceFault]:
    """What is wrong with the title of a template in each language: too long, a gap, or held by the check."""
    faults = []
    for language, title in titles.items():
        if len(title) > LONGEST_TITLE:
            faults.append(SentenceFault(language, "too_long"))
        if gap := GAP.search(title):
            faults.append(SentenceFault(language, "unknown_slot", gap[0]))
        findings = check(title, language=language, kind=kind).findings
        faults += [SentenceFault(language, "held", finding.excerpt, finding) for finding in findings]
    return faults
