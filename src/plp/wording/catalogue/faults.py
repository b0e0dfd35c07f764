"""What may never be wrong with a composed message: the property of ``./plp compose --random``."""

import re
from collections.abc import Sequence

from plp.wording.catalogue.composer import ComposedText
from plp.wording.check import check
from plp.wording.findings import Finding
from plp.wording.length import count_segments
from plp.wording.safety import with_safety_line

MOST_PARTS = 2
END = re.compile(r"[.!?]$")
SENTENCE_END = re.compile(r"(?<=[.!?]) (?=\S)|\n+")
ABBREVIATED = re.compile(r"\d\. \w")  # "3. Dezember" ends no sentence


def sms_with_safety_line(composed: ComposedText, language: str, kind: str) -> str:
    """The SMS with its safety line, without sender and check code."""
    return with_safety_line(composed.sms, language=language, kind=kind)


def text_faults(composed: ComposedText, language: str, kind: str) -> list[str]:
    """What is wrong with a message in ``language``, in words for a developer; empty if nothing is."""
    findings = [
        *findings_of_composed_text(composed, language, kind),
        *check(composed.easy, language=language, kind=kind).findings,
    ]
    faults = [f"check: {finding.rule}: {finding.excerpt!r}" for finding in findings]
    parts = count_segments(sms_with_safety_line(composed, language, kind)).segments
    if parts > MOST_PARTS:
        faults.append(f"sms: {parts} parts")
    forms = {"title": composed.title, "text": composed.text, "spoken": composed.spoken, "easy": composed.easy}
    for name, words in forms.items():
        faults += [f"{name}: {fault}" for fault in typography_faults(words, is_title=name == "title")]
    return faults


def findings_of_composed_text(composed: ComposedText, language: str, kind: str) -> Sequence[Finding]:
    """What the message check says of title and text."""
    return check(f"{composed.title}\n\n{composed.text}", language=language, kind=kind).findings


def typography_faults(text: str, *, is_title: bool = False) -> list[str]:
    """Spaces too many, a slot that is open, a sentence without capital or end; empty if there is none."""
    faults = []
    if "  " in text or text != text.strip():
        faults.append("a space too many")
    if re.search(r"[{}\[\]]", text):
        faults.append("a slot is open")
    rows = [text] if is_title else [row for row in SENTENCE_END.split(_join_day_abbreviations(text)) if row]
    faults += [f"no capital: {row!r}" for row in rows if row[0].islower()]
    if not is_title:
        faults += [f"no end: {row!r}" for row in text.splitlines() if row and not END.search(row)]
    return faults


def _join_day_abbreviations(text: str) -> str:
    return ABBREVIATED.sub(lambda day: day[0].replace(". ", "_"), text)
