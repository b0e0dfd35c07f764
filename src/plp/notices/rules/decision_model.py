"""The decision model of a zone (R133): the answers of an officer, rules in order, what the first that fits proposes.

The four cases in which police speak, and nature and time of the facts, victims, threat and priorities, are those that
FPS Interior names for messages of the police; the rules we propose follow its advice. A zone sets its own.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

TIMES = {
    "in_act": _("It is happening, or ended less than 15 minutes ago"),
    "hours": _("Today"),
    "days": _("In the past days"),
    "weeks": _("For weeks already"),
    "ahead": _("It is still to come"),
}
VICTIMS = {
    "anyone": _("Anybody"),
    "elderly": _("Mostly older people"),
    "traders": _("Shops and businesses"),
    "one": _("One person or household, deliberately targeted"),
}
THREATS = {
    "around": _("The offenders may still be near"),
    "repeats": _("It will probably happen again in the same way"),
    "protect": _("People can protect themselves against it"),
    "witnesses": _("Somebody may have seen or heard something"),
    "nothing": _("None of these"),
}
REACHES = {
    "quarter": _("This neighbourhood alone"),
    "around": _("This neighbourhood and those beside it"),
    "zone": _("The whole police zone"),
    "beyond": _("Other police zones, too"),
}
URGENCIES = {
    "now": _("Now: write it at once"),
    "today": _("Today, within the hours of the plan"),
    "bundle": _("Not urgent: gather it for the next digest"),
    "none": _("No message"),
}
REASONS = {  # why police speak (R109), by what threatens
    "around": "threat",
    "repeats": "phenomenon",
    "protect": "prevention",
    "witnesses": "information",
    "nothing": "information",
}
PREVENTIVE = ("phenomenon", "prevention")
MOST_GUIDELINES = 40


@dataclass(frozen=True)
class SituationFacts:
    """What the officer answers: keys of the tables above, and of ``subjects.FACTS``. Nothing of the case itself."""

    subject: str
    time: str
    victims: str
    threat: str
    reach: str


@dataclass(frozen=True)
class Guideline:
    """One rule: what must hold (nothing named means all), and the kind and urgency it proposes then."""

    kind: str
    urgency: str
    subjects: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    threats: tuple[str, ...] = ()
    only_priority: bool = False

    def fits(self, facts: SituationFacts, *, is_priority: bool) -> bool:
        """Whether it holds for these facts."""
        conditions = (
            (self.subjects, facts.subject),
            (self.times, facts.time),
            (self.victims, facts.victims),
            (self.threats, facts.threat),
        )
        return all(not wanted or answer in wanted for wanted, answer in conditions) and (
            is_priority or not self.only_priority
        )

    def as_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Guideline":
        """From what JSON holds."""
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()
        }
        return cls(**values)


@dataclass(frozen=True)
class MessageProposal:
    """What is proposed, by which rule (counted from 1; 0: none fits), and what in the answers made it fit.

    ``because`` names pairs of a question (``subject`` ``time`` ``victims`` ``threat`` ``priority`` ``traders``) and the
    answer.
    """

    kind: str
    urgency: str
    reason: str
    number: int
    because: tuple[tuple[str, str], ...]


NEAR = ("in_act", "hours")
DEFAULTS: tuple[Guideline, ...] = (
    Guideline("missing_person", "now", subjects=("missing",)),
    Guideline("calamity", "now", subjects=("calamity",)),
    Guideline("", "none", victims=("one",)),
    Guideline("alarm", "now", times=NEAR, threats=("around",)),
    Guideline("information_request", "today", times=(*NEAR, "days"), threats=("witnesses",)),
    Guideline("advice", "today", threats=("repeats", "protect"), only_priority=True),
    Guideline("infoflash", "bundle", victims=("traders",), threats=("repeats", "protect")),
    Guideline("advice", "today", times=(*NEAR, "days"), threats=("repeats",)),
    Guideline("advice", "bundle", threats=("repeats", "protect", "around")),
    Guideline("information_request", "bundle", threats=("witnesses",)),
    Guideline("", "none", threats=("nothing",)),
)


def propose_message_for_facts(
    facts: SituationFacts, guidelines: Iterable[Guideline], priorities: Collection[str], *, is_traders: bool = False
) -> MessageProposal:
    """What the first rule that fits proposes; no message when none does. The officer decides.

    A partnership of traders gets preventive words together with others, unless a priority hurries them (R134).
    """
    is_priority, reason = facts.subject in priorities, REASONS[facts.threat]
    for number, rule in enumerate(guidelines, 1):
        if rule.fits(facts, is_priority=is_priority):
            gathers = is_traders and rule.urgency == "today" and not rule.only_priority and reason in PREVENTIVE
            because = (*_matched_answers(rule, facts), *((("traders", ""),) if gathers else ()))
            return MessageProposal(rule.kind, "bundle" if gathers else rule.urgency, reason, number, because)
    return MessageProposal("", "none", reason, 0, ())


def _matched_answers(rule: Guideline, facts: SituationFacts) -> tuple[tuple[str, str], ...]:
    """The answers that the rule asked for."""
    conditions = (
        ("subject", rule.subjects, facts.subject),
        ("time", rule.times, facts.time),
        ("victims", rule.victims, facts.victims),
        ("threat", rule.threats, facts.threat),
        ("priority", rule.only_priority, facts.subject),
    )
    return tuple((question, answer) for question, wanted, answer in conditions if wanted)


def guidelines_with_one_moved(guidelines: Sequence[Guideline], number: int, by: int) -> list[Guideline]:
    """The rules with rule ``number`` (from 0) moved up (-1) or down (1); as they are at the end of the list."""
    moved, target = list(guidelines), number + by
    if 0 <= number < len(moved) and 0 <= target < len(moved):
        moved[number], moved[target] = moved[target], moved[number]
    return moved
