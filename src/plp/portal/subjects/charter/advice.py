"""What the police advise beside the communication plan, and the templates that they add (R54)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plp.charter.kinds import KINDS
from plp.notices.compositions import subject_template
from plp.notices.queries.guidance import current_communication_plan_advice
from plp.notices.subjects import SUBJECTS
from plp.partnership.models import Partnership


@dataclass(frozen=True)
class Advice:
    """One advice: about which kind, by whom, and its template in the language of the reader."""

    kind: Any
    words: str
    by: str
    at: datetime
    label: Any
    template: tuple[str, str, str] | None


def rows_of_police_advice_on_plan(partnership: Partnership, language: str) -> list[Advice]:
    """What stands beside the plan of ``partnership``, the newest first."""
    return [
        Advice(
            KINDS[row.kind].label if row.kind else "",
            row.words,
            row.by.name if row.by else "",
            row.at,
            SUBJECTS[row.subject].label if row.subject else "",
            subject_template(row.subject, language) if row.subject else None,
        )
        for row in current_communication_plan_advice(partnership)
    ]
