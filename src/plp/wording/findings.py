"""What the check gives back: plain frozen values."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["hold", "warn"]
Verdict = Literal["ok", "warn", "hold"]
Override = Literal["police", "none"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place a detector found, as a half-open span of the written text, before the rule's severity is known.

    A ``hint`` holds unless the second reader is asked and thinks otherwise.
    """

    rule: str
    start: int
    end: int
    doubtful: bool = False
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach: rule key (docs/words.md), half-open span in characters of the written text, and who may override."""

    rule: str
    start: int
    end: int
    excerpt: str
    severity: Severity
    override: Override


@dataclass(frozen=True, slots=True)
class Note:
    """A remark beside the rules that never changes the verdict: ``length`` (R128)."""

    key: str
    value: int
    limit: int


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict over a text: ``hold`` if a finding holds it, else ``warn`` if there is a finding, else ``ok``."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...] = ()
