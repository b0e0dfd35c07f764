"""The exercises as data: an invented case, and what a good answer to it holds."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission


@dataclass(frozen=True)
class WantedFact:
    """One thing of the case that belongs into a field: any of ``words`` (in four languages) says it is there."""

    field: str
    words: tuple[str, ...]
    missing: Any


@dataclass(frozen=True)
class Question:
    """One decision: its answers as (key, words), the right one, and why it is right."""

    key: str
    words: Any
    answers: tuple[tuple[str, Any], ...]
    right: str
    reason: Any


@dataclass(frozen=True)
class Exercise:
    """One exercise: ``questions`` to decide, or a report or message of the ``kind`` to write.

    ``needs``: whoever lacks this permission has no use for it, and does not see it.
    """

    key: str
    title: Any
    case: Any
    task: Any
    kind: str = ""
    needs: Permission | None = None
    questions: tuple[Question, ...] = ()
    facts: tuple[WantedFact, ...] = ()
    begin: Any = ""


REPORT = Exercise(
    "report",
    _("Write a report well"),
    _(
        "Invented: on Tuesday at 14:30 you saw a grey van, plate beginning with 1-ABC, at the corner of the park. "
        "A man in a green jacket rang at three doors, said he came from the water company, and drove off "
        "towards the station."
    ),
    _("Write it for the police: what you saw, and nothing that you think about it."),
    "door",
    facts=(
        WantedFact("behaviour", ("eau", "water", "wasser"), _("What did he say that he came for?")),
        WantedFact("looks", ("vert", "groen", "grün", "gruen", "green"), _("What did he wear?")),
        WantedFact("direction", ("gare", "station", "bahnhof"), _("Where did he go?")),
        WantedFact("vehicle", ("gris", "grij", "grau", "grey", "gray"), _("What did the vehicle look like?")),
        WantedFact("plate", ("1-abc", "1abc", "1 abc"), _("What did you see of the number plate?")),
    ),
)
MESSAGE = Exercise(
    "message",
    _("Check a message against the law"),
    _("Invented: a neighbour wants to send this to the whole street. It may not leave so."),
    _("Write it so that it may: what happened, where, when, what to do. No judgement about a person."),
    "alarm",
    begin=_(
        "A foreign-looking man with a white van steals in our street again. Take his picture and share it on Facebook. "
        "We will stop him ourselves tonight."
    ),
)
