"""By what an objective can be measured: our own figures, the survey of the members, what the police typed. Pure.

Keys are stored. The usual ones are followed unless the partners choose otherwise, so that nobody must set one. None of
them promises fewer offences.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.evaluation.questionnaire import QUESTIONS

SURVEY = "survey_"  # what the key of a question of the survey begins with
MOST_TARGET = 100_000


class IndicatorOrigin(models.TextChoices):
    """Where the number comes from."""

    FIGURES = "figures", _("counted by the system")
    SURVEY = "survey", _("survey of the members")
    POLICE = "police", _("figure from the police")


class IndicatorUnit(models.TextChoices):
    """What the number counts. Of persons few are not told (T53)."""

    PERCENT = "percent", _("of a hundred")
    COUNT = "count", _("number")
    PERSONS = "persons", _("number of persons")
    MINUTES = "minutes", _("minutes")


@dataclass(frozen=True)
class PeriodNumbers:
    """What is known of one period: figures as JSON, what the police typed, of a hundred who say yes to a question."""

    figures: Mapping[str, Any]
    typed: Mapping[str, int]
    shares: Mapping[str, int]


@dataclass(frozen=True)
class IndicatorSource:
    """One way to measure: the objective it serves, what is measured, a target to begin with, how it is read."""

    objective: Any
    measure: Any
    origin: IndicatorOrigin
    unit: IndicatorUnit
    target: int
    read: Callable[[PeriodNumbers], int | None]
    is_usual: bool = False
    is_lower_better: bool = False

    def is_reached(self, value: int, target: int) -> bool:
        """Whether ``value`` is as good as ``target``."""
        return value <= target if self.is_lower_better else value >= target


def percent_of(part: int, total: int) -> int | None:
    """``part`` of a hundred of ``total``; ``None`` of nothing."""
    return round(100 * part / total) if total else None


def _arrived_copies_percent(numbers: PeriodNumbers) -> int | None:
    counts = numbers.figures["reach"].values()
    return percent_of(
        sum(arrived for _all, arrived, _lost in counts), sum(copies for copies, _arrived, _lost in counts)
    )


def _median_urgent_relay_minutes(numbers: PeriodNumbers) -> int | None:
    pair = numbers.figures["relay"].get("urgent")
    return pair[0] if pair else None


def _attempted_burglary_percent(numbers: PeriodNumbers) -> int | None:
    attempts = numbers.typed.get("attempts", 0)
    return percent_of(attempts, attempts + numbers.typed.get("burglaries", 0))


def _agreement_share_reader(question: str) -> Callable[[PeriodNumbers], int | None]:
    return lambda numbers: numbers.shares.get(question)


_USUAL_QUESTIONS: Mapping[str, tuple[Any, int]] = MappingProxyType(
    {
        "report": (_("Members call the police sooner"), 75),
        "effort": (_("Members protect their homes or shops better"), 60),
        "ties": (_("Neighbours know each other better"), 60),
        "safe": (_("People feel safe in the neighbourhood"), 70),
    }
)

SOURCES: Mapping[str, IndicatorSource] = MappingProxyType(
    {
        "reach": IndicatorSource(
            _("Every message reaches the members"),
            _("Copies that arrived"),
            IndicatorOrigin.FIGURES,
            IndicatorUnit.PERCENT,
            95,
            _arrived_copies_percent,
            is_usual=True,
        ),
        "feedback": IndicatorSource(
            _("Members hear what became of a message"),
            _("Feedback given in time"),
            IndicatorOrigin.FIGURES,
            IndicatorUnit.PERCENT,
            90,
            lambda numbers: percent_of(numbers.figures["feedback_in_time"], numbers.figures["feedback_due"]),
            is_usual=True,
        ),
        **{
            f"{SURVEY}{key}": IndicatorSource(
                objective,
                QUESTIONS[key],
                IndicatorOrigin.SURVEY,
                IndicatorUnit.PERCENT,
                target,
                _agreement_share_reader(key),
                is_usual=True,
            )
            for key, (objective, target) in _USUAL_QUESTIONS.items()
        },
        "meetings": IndicatorSource(
            _("Neighbours and police meet"),
            _("Meetings"),
            IndicatorOrigin.FIGURES,
            IndicatorUnit.COUNT,
            2,
            lambda numbers: numbers.figures["meetings"],
        ),
        "urgent": IndicatorSource(
            _("Urgent messages are passed on fast"),
            _("Urgent: half of them within"),
            IndicatorOrigin.FIGURES,
            IndicatorUnit.MINUTES,
            30,
            _median_urgent_relay_minutes,
            is_lower_better=True,
        ),
        "members": IndicatorSource(
            _("The partnership grows"),
            _("Members at the end of the period"),
            IndicatorOrigin.FIGURES,
            IndicatorUnit.PERSONS,
            50,
            lambda numbers: numbers.figures["members_end"],
        ),
        **{
            f"{SURVEY}{key}": IndicatorSource(
                label,
                capfirst(_("survey of the members")),
                IndicatorOrigin.SURVEY,
                IndicatorUnit.PERCENT,
                75,
                _agreement_share_reader(key),
            )
            for key, label in QUESTIONS.items()
            if key not in _USUAL_QUESTIONS
        },
        "reports_members": IndicatorSource(
            _("Members tell the police what they see"),
            _("Reports to the police by members"),
            IndicatorOrigin.POLICE,
            IndicatorUnit.PERSONS,
            10,
            lambda numbers: numbers.typed.get("reports_members"),
        ),
        "attempts": IndicatorSource(
            _("Doors and windows hold"),
            _("Burglaries that stayed an attempt"),
            IndicatorOrigin.POLICE,
            IndicatorUnit.PERCENT,
            50,
            _attempted_burglary_percent,
        ),
    }
)
USUAL = tuple(key for key, source in SOURCES.items() if source.is_usual)

# What measures a common objective of the charter (``partnership/sentences/objective.toml``), by its English words.
COMMON_OBJECTIVES: Mapping[str, str] = MappingProxyType(
    {
        "Each message of the police goes to all members, in the way they chose.": "reach",
        "After each alert the members learn what came of it, if the investigation allows.": "feedback",
        "Suspicious events are reported to the police sooner.": "survey_report",
        "Neighbours know and help one another.": "survey_ties",
        "Two meetings a year give advice on protecting one’s home.": "meetings",
        "Residents feel better informed.": "survey_enough",
        "Residents feel safer.": "survey_safe",
        "Members know the tricks of thieves and can say no.": "survey_clear",
    }
)

# The same of sentences that the file had before, in each language as they stand in charters.
FORMER_OBJECTIVES: Mapping[str, str] = MappingProxyType(
    {
        "Après chaque message, les membres apprennent quelle suite il a eue.": "feedback",
        "Na elk bericht vernemen de leden hoe het afliep.": "feedback",
        "Nach jeder Nachricht erfahren die Mitglieder, wie es weiterging.": "feedback",
        "After each message the members learn what came of it.": "feedback",
        "Après chaque alerte, les membres apprennent quelle suite elle a eue.": "feedback",
        "Na elk alarmbericht vernemen de leden hoe het afliep.": "feedback",
        "Nach jeder Alarmmeldung erfahren die Mitglieder, wie es weiterging.": "feedback",
        "After each alert the members learn what came of it.": "feedback",
        "Chaque message de la police atteint tous les membres, dans leur langue.": "reach",
        "Elk bericht van de politie bereikt alle leden, in hun taal.": "reach",
        "Jede Nachricht der Polizei erreicht alle Mitglieder in ihrer Sprache.": "reach",
        "Each message of the police reaches all members, in their language.": "reach",
    }
)
