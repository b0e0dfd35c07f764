"""What messages are about, as data: each subject proposes a kind and a reason, and has a template in each language.

Stored keys are for ever. A new subject is a row here and four texts in ``patterns/texts``.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Subject:
    """``kind`` and ``reason`` are those of the template. ``for_traders``: it speaks to shops (PLP-I).

    ``months`` are those before and in which the preventive word helps most (R55). A subject that is not
    ``in_aid`` is no fact that happened: nobody decides about it.
    """

    key: str
    label: Any
    kind: str
    reason: str
    for_traders: bool = False
    months: tuple[int, ...] = ()
    in_aid: bool = True


_SUBJECTS = (
    Subject("burglary", _("Burglaries in homes, several"), "advice", "phenomenon"),
    Subject("attempted_burglary", _("Attempted burglary, offenders near"), "alarm", "threat"),
    Subject("bicycle_theft", _("Theft of bicycles"), "advice", "phenomenon", months=(4, 5, 6, 9)),
    Subject("car_theft", _("Theft from cars"), "advice", "phenomenon", months=(7, 8, 12)),
    Subject("door_fraud", _("Fraud or theft by a trick at the door"), "alarm", "threat"),
    Subject("phone_fraud", _("Fraud by telephone, e-mail or message"), "advice", "phenomenon", months=(5, 6, 11)),
    Subject("door_sale", _("Doubtful sale at the door"), "advice", "phenomenon", months=(3, 4, 9)),
    Subject("shop_theft", _("Theft in shops"), "advice", "phenomenon", for_traders=True, months=(11, 12)),
    Subject("till_trick", _("Trick at the till"), "advice", "threat", for_traders=True),
    Subject("holidays", _("Holidays and absence"), "advice", "prevention", months=(6, 7, 8), in_aid=False),
    Subject("dark_months", _("Dark months"), "advice", "prevention", months=(10, 11, 12, 1), in_aid=False),
    Subject("witnesses", _("Who saw or heard something?"), "information_request", "information", in_aid=False),
    Subject("missing", _("Missing person"), "missing_person", "information"),
    Subject("calamity", _("Disaster"), "calamity", "threat"),
    Subject("thanks", _("Outcome and thanks"), "feedback", "information", in_aid=False),
)

SUBJECTS: dict[str, Subject] = {subject.key: subject for subject in _SUBJECTS}
OTHER = "other"
CHOICES = [(subject.key, subject.label) for subject in _SUBJECTS]
FACTS = [*((subject.key, subject.label) for subject in _SUBJECTS if subject.in_aid), (OTHER, _("Something else"))]


def in_season(month: int) -> list[Subject]:
    """The preventive subjects of this month (R55), in the order of the table."""
    return [subject for subject in _SUBJECTS if month in subject.months]
