"""Precision and recall of the message check over the corpus: by rule, by language, and of honest messages held."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from plp.wording.check import KINDS, LANGUAGES, RULES, Report, check
from plp.wording.lexicon import rule_table_in_language

CORPUS = Path(__file__).parent / "corpus"
KIND = "infoflash"


@dataclass(frozen=True)
class Message:
    """One message of the corpus; ``rule`` is the rule it breaks, or for an honest one the rule it comes close to."""

    language: str
    rule: str
    kind: str
    text: str
    breach: bool

    def report(self, *, two_readers: bool = False) -> Report:
        return _report(self, two_readers)


@cache  # whole: a little less than all, asked again in the same order, would hold none that is asked
def _report(message: Message, two_readers: bool) -> Report:
    return check(message.text, language=message.language, kind=message.kind, two_readers=two_readers)


@dataclass
class Score:
    """What was measured over some messages."""

    breaches: int = 0
    caught: int = 0
    honest: int = 0
    held: int = 0
    warned: int = 0
    flagged: int = 0
    rightly: int = 0
    missed: list[Message] = field(default_factory=list)
    false: list[tuple[Message, Report]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.caught / self.breaches if self.breaches else 1.0

    @property
    def precision(self) -> float:
        return self.rightly / self.flagged if self.flagged else 1.0

    @property
    def held_share(self) -> float:
        return self.held / self.honest if self.honest else 0.0


def _message(language: str, rule: str, written: str, breach: bool) -> Message:
    kind, colon, text = written.partition(": ")
    if colon and kind in KINDS:
        return Message(language, rule, kind, text, breach)
    return Message(language, rule, KIND, written, breach)


def corpus(name: str) -> Iterator[Message]:
    """The messages of ``corpus/<name>.<language>.toml`` where there is one; ``examples`` are in the rule files."""
    for language in LANGUAGES:
        if name == "examples":
            tables = {rule: rule_table_in_language(rule, language)["examples"] for rule in RULES}
            parts = {part: {rule: table[part] for rule, table in tables.items()} for part in ("breach", "honest")}
        else:
            path = CORPUS / f"{name}.{language}.toml"
            parts = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        for part, rules in parts.items():
            for rule, texts in rules.items():
                yield from (_message(language, rule, text, part == "breach") for text in texts)


def measure(messages: list[Message]) -> dict[tuple[str, str], Score]:
    """Scores by language and rule; ``"*"`` stands for all. A breach is caught when its own rule holds the message."""
    scores: dict[tuple[str, str], Score] = {}
    for message in messages:
        report = message.report()
        held = {finding.rule for finding in report.findings if finding.severity == "hold"}
        for key in {(message.language, message.rule), (message.language, "*"), ("*", message.rule), ("*", "*")}:
            _count(scores.setdefault(key, Score()), message, report, held)
    return scores


def _count(score: Score, message: Message, report: Report, held: set[str]) -> None:
    if message.breach:
        score.breaches += 1
        score.caught += message.rule in held
        score.flagged += message.rule in held
        score.rightly += message.rule in held
        if message.rule not in held:
            score.missed.append(message)
        return
    score.honest += 1
    score.held += report.verdict == "hold"
    score.flagged += report.verdict == "hold"
    score.warned += report.verdict == "warn"
    if report.verdict != "ok":
        score.false.append((message, report))


def table(scores: dict[tuple[str, str], Score]) -> str:
    """The figures as text, one line a rule, one column a language: caught of breaches, held of honest."""
    lines = [f"{'rule':<22}" + "".join(f"{language:>18}" for language in (*LANGUAGES, "all"))]
    for rule in (*RULES, "plain", "*"):
        cells = [_cell(scores.get((language, rule), Score())) for language in (*LANGUAGES, "*")]
        lines.append(f"{'all' if rule == '*' else rule:<22}" + "".join(f"{cell:>18}" for cell in cells))
    whole = scores["*", "*"]
    lines.append(f"recall {whole.recall:.1%}, precision {whole.precision:.1%}, honest held {whole.held_share:.1%}")
    return "\n".join(lines)


def _cell(score: Score) -> str:
    return f"{score.caught}/{score.breaches} held {score.held}/{score.honest}"
