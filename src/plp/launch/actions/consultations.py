"""Talks with the authorities: noted, completed, taken out when noted by mistake (R12, R13)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from plp.journal.actions import note
from plp.launch.days import refuse_future_day_or_return_it
from plp.launch.models import Consultation
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.words import normalise_text

MOST_PERSONS, MOST_REFERENCE, MOST_REMARK = 300, 80, 1000


@dataclass(frozen=True)
class TalkDetails:
    """What was said with whom. ``persons`` are names and functions; ``reference`` that of the letter or report.

    ``language``: in which ``remark`` is written; "" where nobody says, then it is the first of the partnership.
    """

    authority: str
    held_on: date
    persons: str
    reference: str
    outcome: str
    remark: str = ""
    language: str = ""


def _consultation_columns(talk: TalkDetails, *, at: datetime) -> dict[str, object]:
    """The columns of a talk. Raises ``FutureDay`` or ``BadWords``."""
    return {
        "authority": Consultation.Authority(talk.authority),
        "held_on": refuse_future_day_or_return_it(talk.held_on, "held_on", at=at),
        "persons": normalise_text(talk.persons, most=MOST_PERSONS, lines=True),
        "reference": normalise_text(talk.reference, most=MOST_REFERENCE),
        "outcome": Consultation.Outcome(talk.outcome),
        "remark": normalise_text(talk.remark, most=MOST_REMARK, lines=True, empty=True),
        "language": talk.language,
    }


@transaction.atomic
def record_consultation(
    *, partnership: Partnership, talk: TalkDetails, by: Person | None, at: datetime
) -> Consultation:
    """Note a talk that was held. Raises ``NotAllowed``, ``PartnershipOver``, ``FutureDay``, ``BadWords``."""
    require_unless_machine(by, Permission.GROUNDWORK, partnership.area, at=at)
    require_living(partnership)
    consultation = Consultation.objects.create(
        partnership=partnership, by=by, at=at, **_consultation_columns(talk, at=at)
    )
    note(
        verb="consultation.noted",
        by=by,
        at=at,
        area=partnership.area.path,
        target=consultation,
        authority=consultation.authority,
    )
    return consultation


@transaction.atomic
def correct_consultation(*, consultation: Consultation, talk: TalkDetails, by: Person | None, at: datetime) -> None:
    """Complete a talk, for instance with the answer that came.

    Raises ``NotAllowed``, ``PartnershipOver``, ``FutureDay`` or ``BadWords``.
    """
    area = consultation.partnership.area
    require_unless_machine(by, Permission.GROUNDWORK, area, at=at)
    require_living(consultation.partnership)
    columns = _consultation_columns(talk, at=at)
    if columns["remark"] == consultation.remark:
        columns["language"] = consultation.language  # read on a page of another language, and left as it was written
    for name, value in columns.items():
        setattr(consultation, name, value)
    consultation.by, consultation.at = by, at
    consultation.save()
    note(verb="consultation.corrected", by=by, at=at, area=area.path, target=consultation, outcome=talk.outcome)


@transaction.atomic
def delete_consultation(*, consultation: Consultation, by: Person | None, at: datetime) -> None:
    """Take out a talk that was noted by mistake; the journal keeps that it was there.

    Raises ``NotAllowed`` or ``PartnershipOver``.
    """
    area = consultation.partnership.area
    require_unless_machine(by, Permission.GROUNDWORK, area, at=at)
    require_living(consultation.partnership)
    note(
        verb="consultation.struck", by=by, at=at, area=area.path, target=consultation, authority=consultation.authority
    )
    consultation.delete()
