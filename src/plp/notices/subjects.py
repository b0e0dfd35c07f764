"""What messages are about: each situation of the catalogue of sentences proposes a kind, a reason and its sentences.

Stored keys are for ever. A new subject is a file in ``wording/catalogue/sentences``.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.reader import situations


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


def _situation_label(key: str) -> str:
    """What the situation is called in the active language."""
    language = get_language() or LANGUAGES[0]
    return situations()[key].labels[language if language in LANGUAGES else LANGUAGES[0]]


label_of = lazy(_situation_label, str)


_SUBJECTS = tuple(
    Subject(
        situation.key,
        label_of(situation.key),
        situation.kind,
        situation.reason,
        for_traders=situation.for_traders,
        months=situation.months,
        in_aid=situation.in_aid,
    )
    for situation in situations().values()
)

SUBJECTS: dict[str, Subject] = {subject.key: subject for subject in _SUBJECTS}
OTHER = "other"
CHOICES = [(subject.key, subject.label) for subject in _SUBJECTS]
FACTS = [
    *((subject.key, subject.label) for subject in _SUBJECTS if subject.in_aid),
    (OTHER, capfirst(_("something else"))),
]


def preventive_subjects_of_month(month: int) -> list[Subject]:
    """The preventive subjects of this month (R55), in the order of the table."""
    return [subject for subject in _SUBJECTS if month in subject.months]
